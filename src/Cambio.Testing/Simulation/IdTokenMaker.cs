using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Signs the claims of a case, with what every ID token holds added (OpenID Connect Core 2).</summary>
internal sealed class IdTokenMaker(ProviderDefinition definition, IReadOnlyDictionary<string, string> variables, JwtMaker jwts, TimeProvider time)
{
    private const string Answer = "id_token";

    /// <summary>The token, or null where the provider or the case has none.</summary>
    public string? Make(Grant grant, string? accessToken)
    {
        var placeholders = new Placeholders(time.GetUtcNow(), grant.ClientId, variables, accessToken);
        if (definition.IdToken is not { } idToken || CaseAnswer.Make(definition, grant, Answer, placeholders) is not JsonObject claims)
        {
            return null;
        }

        OwnSubject(grant, claims);
        if (grant.SessionId is { } session)
        {
            claims["sid"] = session;
        }

        jwts.AddIssuer(claims, idToken.Issuers, grant.ClientId);
        JwtMaker.Add(claims, "aud", grant.ClientId);
        jwts.AddTimes(claims);
        JwtMaker.Add(claims, "nonce", grant.Nonce);
        JwtMaker.Add(claims, "at_hash", accessToken is null ? null : Hash(accessToken, idToken.Algorithms[0]));
        return jwts.SignFor(grant.ClientId, claims);
    }

    // Where the account's id stands elsewhere, sub is another id of the same user, and still nobody else's.
    private static void OwnSubject(Grant grant, JsonObject claims)
    {
        if (grant.Person is { } person && claims["sub"] is { } sub && sub.GetValueKind() == JsonValueKind.String && sub.GetValue<string>() != person.Subject)
        {
            claims["sub"] = person.OtherId(sub.GetValue<string>());
        }
    }

    // OpenID Connect Core 3.1.3.6: the left half of the hash that the signature uses.
    private static string Hash(string accessToken, string algorithm)
    {
        byte[] token = Encoding.ASCII.GetBytes(accessToken);
        byte[] hash = algorithm[^3..] switch
        {
            "384" => SHA384.HashData(token),
            "512" => SHA512.HashData(token),
            _ => SHA256.HashData(token),
        };
        return Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2));
    }
}
