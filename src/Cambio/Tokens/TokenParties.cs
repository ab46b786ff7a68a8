using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Who issues our tokens and for whom.</summary>
internal sealed class TokenParties(IOptions<CambioOptions> options, IPublicAddress address)
{
    private readonly TokenOptions settings = options.Value.Tokens;

    public string Issuer => settings.Issuer ?? address.Value;

    public string Audience => settings.Audience ?? Issuer;
}
