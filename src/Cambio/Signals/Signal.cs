using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>Something that a provider told us, its signature verified.</summary>
/// <param name="Events">What it says happened.</param>
/// <param name="Mark">What makes it count once.</param>
internal sealed record Signal(IReadOnlyList<SignalEvent> Events, ReplayMark Mark)
{
    /// <summary>It may come once: whoever sends it again is refused, not only unheard.</summary>
    public bool IsOnce { get; init; }

    /// <summary>The sender's proof that its request to delete was carried out; the same whenever the request is sent again.</summary>
    public string? ConfirmationCode { get; init; }

    public override string ToString() => "signal [redacted]";
}

/// <summary>One thing that happened at the provider.</summary>
/// <param name="Effect">What it ends here.</param>
/// <param name="Word">What the audit event calls it: a word of the definition, never one of the sender.</param>
/// <param name="Subject">The provider's id of the user; null where the signal names none that logins have.</param>
/// <param name="SessionId">The provider's session that it is about alone, if any.</param>
internal sealed record SignalEvent(SignalEffect Effect, string Word, string? Subject, string? SessionId = null)
{
    public const string Unlisted = "unlisted";

    /// <summary>An event of this type, by what the definition says that it ends.</summary>
    public static SignalEvent Of(SignalDefinition definition, string type, string? subject) =>
        definition.Types.EffectOf(type) is { } effect ? new(effect, type, subject) : new(SignalEffect.None, Unlisted, subject);

    public override string ToString() => Word;
}
