namespace Cambio.Signals;

/// <summary>What a signal did, for the door to acknowledge. Never whether we know the user.</summary>
/// <param name="ConfirmationCode">The proof of a request to delete, for <see cref="SignalConfirmations"/>; null for all others.</param>
internal sealed record SignalReceipt(string? ConfirmationCode);
