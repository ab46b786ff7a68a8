namespace Cambio.Testing;

/// <summary>What a fake provider tells by itself, and of whom.</summary>
public sealed record SignalOptions
{
    /// <summary>A name, free text, as in <see cref="MintOptions.User"/>. Absent: the user of the default case.</summary>
    public string? User { get; init; }

    /// <summary>The type of the event, where the format has several. Absent: the first one of the definition that ends something.</summary>
    public string? Type { get; init; }

    /// <summary>For a logout: the provider's session that ended, as in <see cref="MintOptions.SessionId"/>. Absent: all of the user's.</summary>
    public string? SessionId { get; init; }

    /// <summary>The application that it is sent to; absent: the one that the fake registered.</summary>
    public string? ClientId { get; init; }

    /// <summary>The type only; who it is stays out of logs.</summary>
    public override string ToString() => $"{Type} [redacted]";
}
