using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Signs claims as the provider does, with what every token of its holds added where it is not there.</summary>
internal sealed class JwtMaker(
    ProviderDefinition definition, IReadOnlyDictionary<string, string> variables, SimulatorKeys keys, SimulatedClients clients, TimeProvider time)
{
    /// <summary>An algorithm with a public key that the provider may use for all that it signs.</summary>
    public static string AlgorithmOf(ProviderDefinition definition)
    {
        TextList idToken = definition.IdToken?.Algorithms ?? [];
        TextList accessToken = definition.AccessTokenProof is { Kind: AccessTokenProofKind.Jwt } proof ? proof.Algorithms : [];
        IEnumerable<string> signals = definition.Signals.Values.SelectMany(signal => signal.Algorithms);
        string[] usual = [.. idToken.Concat(accessToken).Concat(signals).Where(algorithm => algorithm != SignatureAlgorithm.Shared)];
        return usual.FirstOrDefault(algorithm => accessToken.Count == 0 || accessToken.Contains(algorithm)) ?? "RS256";
    }

    /// <summary>Adds a claim, unless it is there or has no value.</summary>
    public static void Add(JsonObject claims, string name, JsonNode? value)
    {
        if (value is not null)
        {
            claims.TryAdd(name, value);
        }
    }

    /// <summary>Adds when it was issued and when it expires.</summary>
    public void AddTimes(JsonObject claims)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        Add(claims, "iat", now);
        Add(claims, "exp", now + (long)FakeProvider.Lifetime.TotalSeconds);
    }

    /// <summary>Adds who issued it: the first of the accepted issuers.</summary>
    public void AddIssuer(JsonObject claims, TextList issuers, string clientId)
    {
        string template = issuers.FirstOrDefault() ?? definition.Issuer ?? "";
        foreach (string name in ProviderTemplate.Names(template).ToArray())
        {
            template = template.Replace($"{{{name}}}", variables.GetValueOrDefault(name) ?? (name == "client_id" ? clientId : claims[name]?.ToString()) ?? "", StringComparison.Ordinal);
        }

        Add(claims, "iss", template);
    }

    /// <summary>The compact JWS, signed with the provider's key.</summary>
    public string Sign(JsonObject claims, string type = "JWT") => keys.Current.Sign(claims, type);

    /// <summary>The compact JWS that an application checks as it does ID tokens: perhaps signed with its own secret (OpenID Connect Core 10.1).</summary>
    public string SignFor(string clientId, JsonObject claims)
    {
        if (definition.IdToken?.Algorithms[0] != SignatureAlgorithm.Shared)
        {
            return Sign(claims);
        }

        return SignShared(clientId, claims);
    }

    /// <summary>The compact JWS, signed with the application's own secret.</summary>
    public string SignShared(string clientId, JsonObject claims, string type = "JWT")
    {
        string signed = $"{Encode($$"""{"alg":"HS256","typ":"{{type}}"}""")}.{Encode(claims.ToJsonString())}";
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(clients.Secret(clientId)), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
