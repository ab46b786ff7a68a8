using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio;

/// <summary>What an exchange that succeeded made.</summary>
public sealed record ExchangeResult
{
    /// <summary>Our own tokens; null when an identity was linked to the signed-in user, who has tokens already.</summary>
    public IssuedToken? Token { get; init; }

    /// <summary>Our one-time code, in place of tokens.</summary>
    internal string? Code { get; init; }

    /// <summary>The session that was opened, in place of tokens or by them.</summary>
    internal string? SessionId { get; init; }

    /// <summary>That session, where it has no tokens.</summary>
    internal Session? Session { get; init; }

    /// <summary>The account was opened by this exchange.</summary>
    public required bool IsNewUser { get; init; }

    /// <summary>The account, as it is now.</summary>
    public required Account Account { get; init; }

    /// <summary>The provider's id of the identity.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of the user.</summary>
    public required string Subject { get; init; }
}
