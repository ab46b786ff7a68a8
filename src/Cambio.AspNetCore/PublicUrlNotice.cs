using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore;

/// <summary>Says at the start what would otherwise show in the browsers of users: from an http address they keep no Secure cookie.</summary>
internal sealed class PublicUrlNotice(IOptions<CambioOptions> options, PlainHttp plain, ILogger<PublicUrlNotice> logger)
{
    public void Give()
    {
        if (options.Value.PublicUrl?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true && !plain.IsUsed)
        {
            DoorLog.PublicUrlIsHttp(logger);
        }
    }
}
