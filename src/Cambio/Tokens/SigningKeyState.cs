namespace Cambio.Tokens;

/// <summary>Where a key stands in its life.</summary>
internal enum SigningKeyState
{
    /// <summary>Published, and not signing yet.</summary>
    Announced,

    /// <summary>Signs every new token.</summary>
    Signing,

    /// <summary>Replaced, and published until its last token has expired.</summary>
    Retiring,

    /// <summary>Retired by the operator, or no longer published; neither signs nor verifies.</summary>
    Retired,
}
