using System.Text.Json;
using Cambio.Credentials;

namespace Cambio.Signals;

/// <summary>How long after it was issued a signal counts: senders try again for a while (RFC 8935 2.3), and what it did is remembered that long.</summary>
internal static class SignalTimes
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>The end of the private reason why it does not count now; null when it does.</summary>
    public static string? Fault(JsonElement claims, string name, DateTimeOffset now) =>
        JwtTimes.Read(claims, name) is not { } issued ? "times"
        : issued > now + JwtTimes.Skew ? "not_yet_valid"
        : now >= issued + Longest + JwtTimes.Skew ? "stale"
        : null;

    /// <summary>From when on it does not count, so that its mark may be forgotten.</summary>
    public static DateTimeOffset End(JsonElement claims, string name) => (JwtTimes.Read(claims, name) ?? DateTimeOffset.MinValue) + Longest + JwtTimes.Skew;
}
