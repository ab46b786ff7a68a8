namespace Cambio.Signals;

/// <summary>The one body that all refused signals share; which check failed, only the log and the audit event tell.</summary>
internal static class SignalRefusal
{
    public const string Replayed = "signal_replayed";

    public static ExchangeError Because(string reason) =>
        ExchangeError.InvalidRequest("The signal is malformed, out of date, or was not issued by this provider to this application.", reason);

    /// <summary>A refusal in the words of credentials, as one of a signal; outages stay what they are.</summary>
    public static ExchangeError Of(ExchangeError error) => error.Code == ErrorCodes.InvalidGrant ? Because(error.Reason) : error;
}
