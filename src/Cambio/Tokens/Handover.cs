namespace Cambio.Tokens;

/// <summary>How what an exchange made leaves it: as tokens in the answer, as a one-time code in an address, or as a session for a cookie.</summary>
internal sealed record Handover
{
    private Handover()
    {
    }

    /// <summary>An access token and, where the kind has one, a refresh token.</summary>
    public static Handover Tokens { get; } = new();

    /// <summary>A session without tokens.</summary>
    public static Handover Session { get; } = new() { IsSession = true };

    /// <summary>Who may redeem the code; null where none is made.</summary>
    public CodeBinding? Code { get; private init; }

    public bool IsSession { get; private init; }

    public bool IsTokens => Code is null && !IsSession;

    /// <summary>A one-time code of ours.</summary>
    public static Handover ByCode(CodeBinding binding) => new() { Code = binding };

    public override string ToString() => "handover [redacted]";
}
