using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;

namespace Cambio.Quirks;

/// <summary>
/// Signs a call with MD5 over its sorted parameters and a key made of token and client secret (OK.ru, "Calculating the signature").
/// Variables: <c>applicationKey</c>, which the call carries as <c>application_key</c>.
/// </summary>
internal sealed class Md5Signature : IQuirk
{
    private const string Token = "access_token";

    public string Name => "md5_signature";

    public IReadOnlyDictionary<string, VariableKind> Variables { get; } = new Dictionary<string, VariableKind> { ["applicationKey"] = VariableKind.Text };

    public bool BindsToken => true;

    public void Sign(ProviderRequest request, Provider provider, string accessToken, DateTimeOffset now)
    {
        request.AddMissing("application_key", provider.Variables["applicationKey"]);
        IEnumerable<string> signed = request.Parameters
            .Where(parameter => parameter.Key != Token)
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Key}={parameter.Value}");
        request.AddMissing("sig", Hash(string.Concat(signed) + Hash(accessToken + provider.ClientSecret)));
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The provider's rule. The key is the secret, and TLS carries the call.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
