using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>Verifies security event tokens (RFC 8417 2, pushed by RFC 8935).</summary>
internal sealed class SecurityEventToken(JwtValidator jwts, TimeProvider time)
{
    /// <summary>The signal.</summary>
    public async Task<Result<Signal>> ReadAsync(SignalSource source, string token, CancellationToken cancellationToken)
    {
        JwtRules rules = JwtRules.Signal("event_token", "secevent+jwt", source.Provider.Definition.IdToken, source.Definition);
        Result<CompactJws> valid = await jwts.ValidateAsync(
            source.Provider, token, rules, (claims, _) => SignalToken.Fault(source, claims) ?? Fault(claims), cancellationToken);
        if (!valid.IsSuccess)
        {
            return valid.Error;
        }

        JsonElement claims = valid.Value.Payload;
        IEnumerable<SignalEvent> events = claims.GetProperty("events").EnumerateObject()
            .Select(item => SignalEvent.Of(source.Definition, item.Name, EventSubject.Of(source, claims, item.Value)));
        return new Signal([.. events], source.Mark(SignalToken.Id(claims)!, SignalTimes.End(claims, "iat")));
    }

    private string? Fault(JsonElement claims)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool hasEvents = claims.TryGetProperty("events", out JsonElement events) && events.ValueKind == JsonValueKind.Object
            && events.EnumerateObject().Any() && events.EnumerateObject().All(item => item.Value.ValueKind == JsonValueKind.Object);

        // RFC 8417 2.2: exp is not for these, and holds where somebody sets it all the same.
        return JwtTimes.Fault(claims, now, mustEnd: false) is { } broken ? $"event_token_{broken}"
            : SignalTimes.Fault(claims, "iat", now) is { } fault ? $"event_token_{fault}"
            : hasEvents ? null : "event_token_events";
    }
}
