using System.Text.Json;
using Cambio.Providers;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Credentials;

/// <summary>One of a provider's signing keys.</summary>
/// <param name="Id">The <c>kid</c>, if it has one.</param>
/// <param name="Algorithm">The only algorithm that it is for, if it says so (RFC 7517 4.4).</param>
/// <param name="Family"><c>RSA</c> or the name of a curve.</param>
/// <param name="Key">The key.</param>
/// <param name="Issuer">The only issuer that it signs for, if it says so: an address, with <c>{tenantid}</c> for the token's <c>tid</c>.</param>
internal sealed record PublicKey(string? Id, string? Algorithm, string Family, SecurityKey Key, string? Issuer = null)
{
    private const string Tenant = "{tenantid}";

    /// <summary>Whether it signs for the issuer that the claims name. Providers of many tenants publish keys of some alone among those of all.</summary>
    public bool SignsFor(JsonElement claims) =>
        Issuer is null || (JsonText.Member(claims, "iss") is { } issuer && issuer == Issuer.Replace(Tenant, JsonText.Member(claims, "tid") ?? Tenant, StringComparison.Ordinal));

    public bool Fits(string algorithm) =>
        Family == SignatureAlgorithm.KeyFamily(algorithm) && (Algorithm is null || Algorithm == algorithm);
}
