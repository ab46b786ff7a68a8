using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>Verifies logout tokens (OpenID Connect Back-Channel Logout 1.0 2.6).</summary>
internal sealed class LogoutToken(JwtValidator jwts, TimeProvider time)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>The signal.</summary>
    public async Task<Result<Signal>> ReadAsync(SignalSource source, string token, CancellationToken cancellationToken)
    {
        JwtRules rules = JwtRules.Signal("logout_token", "logout+jwt", source.Provider.Definition.IdToken, source.Definition);
        Result<CompactJws> valid = await jwts.ValidateAsync(
            source.Provider, token, rules, (claims, _) => SignalToken.Fault(source, claims) ?? Fault(source, claims), cancellationToken);
        if (!valid.IsSuccess)
        {
            return valid.Error;
        }

        JsonElement claims = valid.Value.Payload;
        return new Signal(
            [new(SignalEffect.EndSessions, "backchannel-logout", Subject(source, claims), SubjectText.Of(claims, "sid"))],
            source.Mark(SignalToken.Id(claims)!, JwtTimes.End(claims)))
        {
            // 2.6, step 7.
            IsOnce = true,
        };
    }

    private string? Fault(SignalSource source, JsonElement claims) =>
        JwtTimes.Fault(claims, time.GetUtcNow()) is { } fault ? $"logout_token_{fault}"
        : JwtTimes.Read(claims, "iat") is null ? "logout_token_times"

        // 2.4: what an ID token may have, and this never has.
        : claims.TryGetProperty("nonce", out _) ? "logout_token_nonce"
        : !IsLogout(claims) ? "logout_token_event"
        : IsBroken(claims, "sub") || IsBroken(claims, "sid") ? "logout_token_subject"
        : Subject(source, claims) is null && SubjectText.Of(claims, "sid") is null ? "logout_token_subject_missing"
        : null;

    private static bool IsLogout(JsonElement claims) =>
        claims.TryGetProperty("events", out JsonElement events) && events.ValueKind == JsonValueKind.Object
        && events.TryGetProperty(Event, out JsonElement logout) && logout.ValueKind == JsonValueKind.Object;

    // A session that cannot be read must not widen the logout to all of the user's.
    private static bool IsBroken(JsonElement claims, string name) => claims.TryGetProperty(name, out _) && SubjectText.Of(claims, name) is null;

    private static string? Subject(SignalSource source, JsonElement claims) =>
        SubjectText.Of(ProviderPath.Parse(source.Definition.Subject ?? "sub").Read(claims));
}
