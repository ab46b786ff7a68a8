using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;

namespace Cambio.Quirks;

/// <summary>
/// Signs token request and calls by RSA with SHA-256 over their sorted parameters (Alipay, "Signing a request", RSA2).
/// Variables: <c>privateKey</c>.
/// </summary>
internal sealed class RsaSha256Signature : IQuirk
{
    // The gateway's clock is China's, whole year.
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public string Name => "rsa_sha256_signature";

    public IReadOnlyDictionary<string, VariableKind> Variables { get; } = new Dictionary<string, VariableKind> { ["privateKey"] = VariableKind.RsaPrivateKey };

    public bool BindsToken => true;

    public void Sign(ProviderRequest request, Provider provider, string accessToken, DateTimeOffset now) => SignTokenRequest(request, provider, now);

    public void SignTokenRequest(ProviderRequest request, Provider provider, DateTimeOffset now)
    {
        request.AddMissing("sign_type", "RSA2");
        request.AddMissing("timestamp", now.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

        // The gateway leaves out what is empty before it verifies.
        IEnumerable<string> signed = request.Parameters
            .Where(parameter => parameter is { Key.Length: > 0, Value.Length: > 0 })
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Key}={parameter.Value}");
        using var key = RSA.Create();
        key.ImportFromPem(provider.Variables["privateKey"]);
        byte[] signature = key.SignData(Encoding.UTF8.GetBytes(string.Join('&', signed)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.AddMissing("sign", Convert.ToBase64String(signature));
    }
}
