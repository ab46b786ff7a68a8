using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Testing.Simulation;

/// <summary>Checks JWTs that a client signs with its own key, P-256 or RSA, as assertion or in place of a secret.</summary>
internal sealed class ClientAssertion(ProviderDefinition definition, IReadOnlyDictionary<string, string> variables, TimeProvider time)
{
    /// <summary>The quirk under which the client secret is such a JWT.</summary>
    public const string Quirk = "es256_client_secret";

    // Six months is the most that a provider takes.
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(15_777_000);

    private static readonly JsonWebTokenHandler Handler = new();

    private bool IsRsa => definition.Variables.GetValueOrDefault("privateKey")?.Kind == VariableKind.RsaPrivateKey;

    /// <summary>Whether a JWT in place of a secret names our team, the key, the client and the provider.</summary>
    public bool HoldsSecret(string? jwt, string subject) => Holds(jwt, variables.GetValueOrDefault("teamId", ""), subject, definition.Issuer);

    /// <summary>Whether the JWT is signed with the registered key, lives, and says this.</summary>
    public bool Holds(string? jwt, string issuer, string subject, string? audience = null)
    {
        if (Read(jwt) is not { } token || !variables.TryGetValue("privateKey", out string? pem))
        {
            return false;
        }

        TimeSpan left = new DateTimeOffset(token.ValidTo, TimeSpan.Zero) - time.GetUtcNow();
        return token.Alg == (IsRsa ? SecurityAlgorithms.RsaSha256 : SecurityAlgorithms.EcdsaSha256)
            && (!variables.TryGetValue("keyId", out string? kid) || token.Kid == kid)
            && token.Issuer == issuer && token.Subject == subject
            && (audience is null || token.Audiences.SequenceEqual([audience]))
            && left > TimeSpan.Zero && left <= LongestLife
            && IsSigned(token, pem);
    }

    private static JsonWebToken? Read(string? jwt)
    {
        try
        {
            return jwt is null ? null : Handler.ReadJsonWebToken(jwt);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private bool IsSigned(JsonWebToken token, string pem)
    {
        byte[] signed = Encoding.ASCII.GetBytes($"{token.EncodedHeader}.{token.EncodedPayload}");
        byte[] signature = Base64UrlEncoder.DecodeBytes(token.EncodedSignature);
        using AsymmetricAlgorithm key = IsRsa ? RSA.Create() : ECDsa.Create();
        key.ImportFromPem(pem);
        return key is RSA rsa
            ? rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
