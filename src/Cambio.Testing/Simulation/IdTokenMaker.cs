using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Signs the claims of a case, with what every ID token holds added (OpenID Connect Core 2).</summary>
internal sealed class IdTokenMaker(ProviderDefinition definition, IReadOnlyDictionary<string, string> variables, SimulatorKeys keys, TimeProvider time)
{
    private const string Answer = "id_token";

    /// <summary>The token, or null where the provider or the case has none.</summary>
    public string? Make(Grant grant, string? accessToken)
    {
        var placeholders = new Placeholders(time.GetUtcNow(), grant.ClientId, accessToken);
        if (definition.IdToken is not { } idToken || CaseAnswer.Make(definition, grant, Answer, placeholders) is not JsonObject claims)
        {
            return null;
        }

        OwnSubject(grant, claims);
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        Add(claims, "iss", Issuer(idToken, claims));
        Add(claims, "aud", grant.ClientId);
        Add(claims, "iat", now);
        Add(claims, "exp", now + (long)FakeProvider.Lifetime.TotalSeconds);
        Add(claims, "nonce", grant.Nonce);
        Add(claims, "at_hash", accessToken is null ? null : Hash(accessToken));
        return keys.Current.Sign(claims);
    }

    // Where the account's id stands elsewhere, sub is another id of the same user, and still nobody else's.
    private static void OwnSubject(Grant grant, JsonObject claims)
    {
        if (grant.Person is { } person && claims["sub"] is { } sub && sub.GetValueKind() == JsonValueKind.String && sub.GetValue<string>() != person.Subject)
        {
            claims["sub"] = person.OtherId(sub.GetValue<string>());
        }
    }

    private string Issuer(IdTokenDefinition idToken, JsonObject claims)
    {
        string template = idToken.Issuers.FirstOrDefault() ?? definition.Issuer ?? "";
        foreach (string name in ProviderTemplate.Names(template).ToArray())
        {
            template = template.Replace($"{{{name}}}", variables.GetValueOrDefault(name) ?? claims[name]?.ToString() ?? "", StringComparison.Ordinal);
        }

        return template;
    }

    private static void Add(JsonObject claims, string name, JsonNode? value)
    {
        if (value is not null)
        {
            claims.TryAdd(name, value);
        }
    }

    // OpenID Connect Core 3.1.3.6, for the algorithms with SHA-256.
    private static string Hash(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));
}
