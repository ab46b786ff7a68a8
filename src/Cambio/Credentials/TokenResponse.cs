using System.Globalization;
using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What a token endpoint granted (RFC 6749 5.1, OpenID Connect Core 3.1.3.3). Never prints it.</summary>
internal sealed record TokenResponse
{
    // The types that IANA's registry "OAuth Access Token Types" has beside Bearer, and the draft's mac.
    private static readonly string[] OtherTypes = ["DPoP", "PoP", "N_A", "mac"];

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(400);

    /// <summary>The whole answer, unwrapped.</summary>
    public required JsonElement Body { get; init; }

    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public string? IdToken { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Reads an answer that is no refusal.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="token">How it is written.</param>
    /// <param name="mayBeIdToken">An ID token will do where an access token is missing.</param>
    /// <param name="now">When it came.</param>
    public static Result<TokenResponse> Parse(JsonElement answer, TokenRequestDefinition token, bool mayBeIdToken, DateTimeOffset now)
    {
        Result<JsonElement> meant = CallAnswer.Unwrap(answer, token.Unwrap, orArray: false);
        if (!meant.IsSuccess)
        {
            return meant.Error;
        }

        JsonElement body = meant.Value;
        JsonElement? accessToken = Member(body, token, "access_token");
        JsonElement? idToken = Member(body, token, "id_token");
        bool complete = accessToken is not null || (idToken is not null && mayBeIdToken);
        if (!complete || !IsToken(accessToken) || !IsToken(idToken) || IsBound(Member(body, token, "token_type")))
        {
            return ExchangeError.ProviderError("token_answer_unexpected");
        }

        return new TokenResponse
        {
            Body = body,
            AccessToken = accessToken?.GetString(),
            IdToken = idToken?.GetString(),
            RefreshToken = Member(body, token, "refresh_token") is { ValueKind: JsonValueKind.String } refresh ? JsonText.Of(refresh) : null,
            ExpiresAt = Lifetime(Member(body, token, "expires_in")) is { } lifetime ? now + lifetime : null,
        };
    }

    public override string ToString() => "token response [redacted]";

    private static JsonElement? Member(JsonElement body, TokenRequestDefinition token, string name) => token.Map.TryGetValue(name, out TextList? paths)
        ? paths.Select(path => ProviderPath.Parse(path).Read(body)).FirstOrDefault(member => member is not null)
        : ProviderPath.Parse(name).Read(body);

    private static bool IsToken(JsonElement? value) =>
        value is not { } element || (element.ValueKind == JsonValueKind.String && CredentialText.IsVisible(JsonText.Of(element)));

    // RFC 6749 7.1: a token that must be used in another way than a bearer's must not be used as one. Other words are the many that
    // providers write where Bearer should stand.
    private static bool IsBound(JsonElement? type) =>
        type is { } element && (element.ValueKind != JsonValueKind.String || OtherTypes.Contains(JsonText.Of(element), StringComparer.OrdinalIgnoreCase));

    private static TimeSpan? Lifetime(JsonElement? value) =>
        value is { } element
        && double.TryParse(JsonText.Of(element), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
        && seconds >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestLifetime.TotalSeconds))
            : null;
}
