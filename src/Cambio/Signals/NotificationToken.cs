using System.Text;
using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>Verifies notifications: a JWT whose claim <c>events</c> is one event, often as JSON text inside the JSON.</summary>
internal sealed class NotificationToken(JwtValidator jwts, TimeProvider time)
{
    private const int MaxDepth = 8;

    /// <summary>The signal.</summary>
    public async Task<Result<Signal>> ReadAsync(SignalSource source, string token, CancellationToken cancellationToken)
    {
        JwtRules rules = JwtRules.Signal("notification_token", "secevent+jwt", source.Provider.Definition.IdToken, source.Definition);
        Result<CompactJws> valid = await jwts.ValidateAsync(
            source.Provider, token, rules, (claims, _) => SignalToken.Fault(source, claims) ?? Fault(source, claims), cancellationToken);
        if (!valid.IsSuccess)
        {
            return valid.Error;
        }

        JsonElement claims = valid.Value.Payload;
        JsonElement happened = Event(claims)!.Value;
        string? subject = SubjectText.Of(ProviderPath.Parse(source.Definition.Subject ?? "sub").Read(happened));
        return new Signal(
            [SignalEvent.Of(source.Definition, Type(source, happened)!, subject)], source.Mark(SignalToken.Id(claims)!, SignalTimes.End(claims, "iat")));
    }

    private string? Fault(SignalSource source, JsonElement claims)
    {
        DateTimeOffset now = time.GetUtcNow();
        return JwtTimes.Fault(claims, now, mustEnd: false) is { } broken ? $"notification_token_{broken}"
            : SignalTimes.Fault(claims, "iat", now) is { } fault ? $"notification_token_{fault}"
            : Event(claims) is { } happened && Type(source, happened) is not null ? null
            : "notification_token_event";
    }

    private static JsonElement? Event(JsonElement claims) => !claims.TryGetProperty("events", out JsonElement events) ? null : events.ValueKind switch
    {
        JsonValueKind.Object => events,
        JsonValueKind.String when JsonText.Of(events) is { } text
            && StrictJson.Parse(Encoding.UTF8.GetBytes(text), MaxDepth) is { ValueKind: JsonValueKind.Object } inner => inner,
        _ => null,
    };

    private static string? Type(SignalSource source, JsonElement happened) =>
        ProviderPath.Parse(source.Definition.Type).Read(happened) is { ValueKind: JsonValueKind.String } type && JsonText.Of(type) is { Length: > 0 } text ? text : null;
}
