using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>What a session keeps of the sign-in that opens it, whatever its tokens are.</summary>
internal static class NewSession
{
    private const int LongestUserAgent = 256;

    public static Session Of(Account account, SignInContext login, DateTimeOffset now, DateTimeOffset expiresAt) => new()
    {
        Id = login.SessionId ?? NewId(),
        User = account.User,
        Provider = login.Provider,
        Subject = login.Subject,
        ProviderSessionId = login.ProviderSessionId,
        ClientId = login.ClientId,
        CreatedAt = now,
        LastUsedAt = now,
        ExpiresAt = expiresAt,
        UserAgent = Shorten(login.UserAgent),
        Address = login.Address,
    };

    public static string NewId() => RandomText.Of(bits: 128);

    public static string? Shorten(string? userAgent) => userAgent is { Length: > LongestUserAgent } ? userAgent[..LongestUserAgent] : userAgent;
}
