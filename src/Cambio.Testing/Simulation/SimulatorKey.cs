using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Testing.Simulation;

/// <summary>A key that a simulated provider signs tokens with.</summary>
internal sealed class SimulatorKey
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly SigningCredentials credentials;
    private readonly JsonObject publicKey;

    private SimulatorKey(SecurityKey key, string algorithm, JsonObject parameters)
    {
        key.KeyId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));
        credentials = new SigningCredentials(key, algorithm);
        publicKey = new JsonObject { ["kid"] = key.KeyId, ["use"] = "sig", ["alg"] = algorithm };
        foreach ((string name, JsonNode? value) in parameters)
        {
            publicKey[name] = value?.DeepClone();
        }
    }

    /// <summary>The key as its document publishes it (RFC 7517 4).</summary>
    public JsonObject PublicKey => publicKey.DeepClone().AsObject();

    /// <summary>A new key: P-256 for ES256, RSA for everything else.</summary>
    public static SimulatorKey Create(string algorithm) =>
        algorithm == SecurityAlgorithms.EcdsaSha256 ? CreateEc() : CreateRsa(algorithm);

    /// <summary>The compact JWS of a claims set.</summary>
    public string Sign(JsonObject claims, string type) =>
        Handler.CreateToken(claims.ToJsonString(), credentials, new Dictionary<string, object> { ["typ"] = type });

    private static SimulatorKey CreateEc()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return new SimulatorKey(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256, new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        });
    }

    private static SimulatorKey CreateRsa(string algorithm)
    {
        var key = RSA.Create(2048);
        RSAParameters parameters = key.ExportParameters(includePrivateParameters: false);
        return new SimulatorKey(new RsaSecurityKey(key), algorithm, new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        });
    }
}
