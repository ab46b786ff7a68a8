namespace Cambio.Tokens;

/// <summary>Finds mistakes in the settings of our own tokens.</summary>
internal static class TokenSettings
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>One sentence a mistake, each naming the setting and the fix.</summary>
    public static IEnumerable<string> Mistakes(CambioOptions options) =>
    [
        .. Address("Cambio:PublicUrl", options.PublicUrl, allowPath: false),
        .. Address("Cambio:Tokens:Issuer", options.Tokens.Issuer, allowPath: true),
        .. Audience(options.Tokens.Audience),
        .. Algorithm(options.Tokens.SigningAlgorithm),
        .. Lifetime("AccessTokenLifetime", options.Tokens.AccessTokenLifetime, TimeSpan.FromDays(1), "1 minute to 1 day"),
        .. Lifetime("RefreshTokenLifetime", options.Tokens.RefreshTokenLifetime, Longest, "1 minute to 400 days"),
        .. Lifetime("SessionLifetime", options.Tokens.SessionLifetime, Longest, "1 minute to 400 days"),
    ];

    private static IEnumerable<string> Address(string setting, string? value, bool allowPath)
    {
        if (value is null)
        {
            yield break;
        }

        // RFC 8414 2: an issuer has neither query nor fragment. It is compared character for character, so nothing is tidied here.
        bool wellFormed = !value.Any(char.IsWhiteSpace)
            && Uri.IsWellFormedUriString(value, UriKind.Absolute)
            && Uri.TryCreate(value, UriKind.Absolute, out Uri? address)
            && address.Scheme is "https" or "http"
            && address.UserInfo.Length == 0
            && !value.Contains('?', StringComparison.Ordinal)
            && !value.Contains('#', StringComparison.Ordinal)
            && (allowPath || address.AbsolutePath == "/");
        if (!wellFormed)
        {
            string parts = allowPath ? "query, fragment or user name" : "path, query, fragment or user name";
            yield return $"{setting} must be an absolute http or https address without {parts}, such as https://api.example.com: correct it, or remove it.";
        }
    }

    private static IEnumerable<string> Audience(string? value)
    {
        if (value is not null && string.IsNullOrWhiteSpace(value))
        {
            yield return "Cambio:Tokens:Audience is empty: name the API that the tokens are for, or remove the setting to use the issuer.";
        }
    }

    private static IEnumerable<string> Algorithm(SigningAlgorithm value)
    {
        if (!Enum.IsDefined(value))
        {
            yield return $"Cambio:Tokens:SigningAlgorithm must be one of {string.Join(", ", Enum.GetNames<SigningAlgorithm>())}.";
        }
    }

    private static IEnumerable<string> Lifetime(string setting, TimeSpan value, TimeSpan longest, string range)
    {
        if (value < Minute || value > longest)
        {
            yield return $"Cambio:Tokens:{setting} is {value:c}, outside {range}: set a time within, written as [days.]hours:minutes:seconds.";
        }
    }
}
