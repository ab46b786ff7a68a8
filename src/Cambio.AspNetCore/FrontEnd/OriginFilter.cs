using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Cambio.AspNetCore.FrontEnd;

/// <summary>
/// Applies <see cref="OriginPolicy"/> below the prefix. Ahead of the application's own middleware, so that a page can read a 401 too,
/// and so that the application needs no CORS of its own.
/// </summary>
internal sealed class OriginFilter(IOptions<FrontEndOptions> options, MountPoint mount) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (!string.IsNullOrWhiteSpace(options.Value.Origins))
        {
            app.UseWhen(context => mount.Covers(context.Request.Path) && !IsVisited(context.Request.Path), static branch => branch.Use(VaryAsync).UseCors(OriginPolicy.Name));
        }

        next(app);
    };

    // RFC 9700 2.6: browsers go to both ends of a redirect; no script calls them.
    private static bool IsVisited(PathString path) =>
        path.Value!.EndsWith("/start", StringComparison.OrdinalIgnoreCase) || path.Value.EndsWith("/callback", StringComparison.OrdinalIgnoreCase);

    /// <summary>The policy adds this for origins that it allows only; a cache must tell the others apart as well (Fetch 3.2.5).</summary>
    private static Task VaryAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            var headers = (IHeaderDictionary)state;
            if (!headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
            {
                headers.Append(HeaderNames.Vary, HeaderNames.Origin);
            }

            return Task.CompletedTask;
        }, context.Response.Headers);
        return next(context);
    }
}
