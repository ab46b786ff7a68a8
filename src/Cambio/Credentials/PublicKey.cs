using Microsoft.IdentityModel.Tokens;

namespace Cambio.Credentials;

/// <summary>One of a provider's signing keys.</summary>
/// <param name="Id">The <c>kid</c>, if it has one.</param>
/// <param name="Algorithm">The only algorithm that it is for, if it says so (RFC 7517 4.4).</param>
/// <param name="Family"><c>RSA</c> or the name of a curve.</param>
/// <param name="Key">The key.</param>
internal sealed record PublicKey(string? Id, string? Algorithm, string Family, SecurityKey Key)
{
    public bool Fits(string algorithm) =>
        Family == SignatureAlgorithm.KeyFamily(algorithm) && (Algorithm is null || Algorithm == algorithm);
}
