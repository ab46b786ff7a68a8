using System.Security.Cryptography;

namespace Cambio.Providers;

/// <summary>Private keys that an operator fills in.</summary>
internal static class PrivateKeys
{
    private const int SmallestRsa = 2048;

    /// <summary>Whether the value is a key, and never shown.</summary>
    public static bool IsKey(this VariableDefinition variable) => variable.Kind is VariableKind.EcPrivateKey or VariableKind.RsaPrivateKey;

    /// <summary>What the text should be and is not; null where nothing is wrong with it.</summary>
    public static string? Mistake(VariableKind kind, string pem) => kind switch
    {
        VariableKind.EcPrivateKey when !IsP256(pem) => "a P-256 private key in PEM",
        VariableKind.RsaPrivateKey when !IsRsa(pem) => $"an RSA private key of at least {SmallestRsa} bits in PEM",
        _ => null,
    };

    private static bool IsP256(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
            CryptographicOperations.ZeroMemory(parameters.D);
            return parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool IsRsa(string pem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            CryptographicOperations.ZeroMemory(key.ExportParameters(includePrivateParameters: true).D);
            return key.KeySize >= SmallestRsa;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
