using System.Collections.Frozen;

namespace Cambio.Providers;

/// <summary>What a provider's id may look like: it stands in addresses, settings and environment variables.</summary>
internal static class ProviderId
{
    private const int MaxLength = 40;

    /// <summary>First segments of our own addresses, now or later.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            "account", "antiforgery", "authorize", "callback", "cambio", "console", "device", "docs", "error", "errors", "exchange", "health", "icons",
            "introspect", "jwks", "link", "login", "logins", "logout", "me", "openapi", "par", "providers", "register", "revoke", "sandbox",
            "session", "sessions", "start", "status", "token", "userinfo",
        ],
        StringComparer.Ordinal);

    public static bool IsValid(string id) => HasForm(id) && !Reserved.Contains(id);

    /// <summary>What is wrong with an id, to be read behind its key; null for nothing.</summary>
    public static string? Mistake(string id) =>
        !HasForm(id) ? $"is not an id; write 1 to {MaxLength} lower-case letters and digits, no dash."
        : Reserved.Contains(id) ? "is a reserved word of our own addresses; choose another id."
        : null;

    private static bool HasForm(string id) => id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
