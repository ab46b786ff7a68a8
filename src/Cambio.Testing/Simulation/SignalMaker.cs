using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Writes and signs what a provider tells by itself, in the format of each of its addresses.</summary>
internal sealed class SignalMaker(SimulationContext context, string clientId)
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    private readonly long now = context.Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The signal about the user with this id.</summary>
    public SimulatedSignal Make(SignalDefinition definition, string subject, SignalOptions options) => definition.Format switch
    {
        SignalFormat.SignedRequest => Form("signed_request", SignedRequest(definition, subject)),
        SignalFormat.LogoutToken => Form("logout_token", Logout(definition, subject, options.SessionId)),
        SignalFormat.SecurityEventToken => new("application/secevent+jwt", SecurityEvent(definition, subject, TypeOf(definition, options))),
        _ => new("application/json", new JsonObject { [definition.Member] = Notification(definition, subject, TypeOf(definition, options)) }.ToJsonString()),
    };

    private static SimulatedSignal Form(string name, string token) => new("application/x-www-form-urlencoded", $"{name}={WebUtility.UrlEncode(token)}");

    private static string TypeOf(SignalDefinition definition, SignalOptions options) =>
        options.Type ?? definition.Types.All().OrderBy(type => type.Effect == SignalEffect.None).First().Type;

    private string SignedRequest(SignalDefinition definition, string subject)
    {
        var claims = new JsonObject { ["algorithm"] = "HMAC-SHA256", ["issued_at"] = now };
        Set(claims, definition.Subject ?? "user_id", subject);
        string payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(context.Clients.Secret(clientId)), Encoding.ASCII.GetBytes(payload));
        return $"{Base64Url.EncodeToString(signature)}.{payload}";
    }

    private string Logout(SignalDefinition definition, string subject, string? sessionId)
    {
        JsonObject claims = Claims(definition, new JsonObject { [LogoutEvent] = new JsonObject() });
        JwtMaker.Add(claims, "exp", now + 120);
        JwtMaker.Add(claims, "sid", sessionId);
        Set(claims, definition.Subject ?? "sub", subject);
        return Sign(definition, claims, "logout+jwt");
    }

    private string SecurityEvent(SignalDefinition definition, string subject, string type)
    {
        var happened = new JsonObject();
        JsonObject claims = Claims(definition, new JsonObject { [type] = happened });
        if (definition.Subject is { } path)
        {
            Set(claims, path, subject);
        }
        else
        {
            // As the senders that are in use write it, in the words of the drafts before RFC 9493.
            happened["subject"] = new JsonObject { ["subject_type"] = "iss-sub", ["iss"] = claims["iss"]!.DeepClone(), ["sub"] = subject };
        }

        return Sign(definition, claims, "secevent+jwt");
    }

    private string Notification(SignalDefinition definition, string subject, string type)
    {
        var happened = new JsonObject { ["event_time"] = now };
        Set(happened, definition.Type, type);
        Set(happened, definition.Subject ?? "sub", subject);
        return Sign(definition, Claims(definition, happened.ToJsonString()), "JWT");
    }

    private JsonObject Claims(SignalDefinition definition, JsonNode events)
    {
        var claims = new JsonObject { ["aud"] = clientId, ["iat"] = now, ["jti"] = FakeProvider.NewToken(), ["events"] = events };
        context.Jwts.AddIssuer(claims, definition.Issuers.Count > 0 ? definition.Issuers : context.Definition.IdToken?.Issuers ?? [], clientId);
        return claims;
    }

    private string Sign(SignalDefinition definition, JsonObject claims, string type)
    {
        TextList algorithms = definition.Algorithms.Count > 0 ? definition.Algorithms : context.Definition.IdToken?.Algorithms ?? [];
        return algorithms.FirstOrDefault() == SignatureAlgorithm.Shared ? context.Jwts.SignShared(clientId, claims, type) : context.Jwts.Sign(claims, type);
    }

    // The path of a definition, read backwards: plain members alone.
    private static void Set(JsonObject owner, string path, string value)
    {
        string[] names = path.Split('.');
        foreach (string name in names[..^1])
        {
            JsonNode inner = owner[name] ?? new JsonObject();
            owner[name] = inner;
            owner = inner.AsObject();
        }

        owner[names[^1]] = value;
    }
}
