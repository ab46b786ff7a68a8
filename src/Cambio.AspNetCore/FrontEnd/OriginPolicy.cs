using System.Collections.Frozen;
using Cambio.Providers;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Cambio.AspNetCore.FrontEnd;

/// <summary>The CORS policy of the doors. No credentials: a bearer is sent by script, never by the browser itself.</summary>
internal sealed class OriginPolicy(IOptions<FrontEndOptions> options) : IConfigureOptions<CorsOptions>
{
    public const string Name = "Cambio";

    public void Configure(CorsOptions cors)
    {
        FrozenSet<string> origins = TextList.Split(options.Value.Origins).ToFrozenSet(StringComparer.Ordinal);
        cors.AddPolicy(Name, policy => policy
            .SetIsOriginAllowed(origins.Contains)
            .WithMethods("GET", "POST", "PATCH", "DELETE")
            .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType)
            .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
    }
}
