using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Cookies;

/// <summary>Browsers send cookies along with what other sites make them send: a call that may change something must show that a page of ours made it.</summary>
internal sealed class AntiforgeryCheck(IAntiforgery antiforgery, IOptions<AntiforgeryOptions> options, MountPoint mount)
{
    /// <summary><c>access_denied</c> where a token is needed and no good one came, else null.</summary>
    /// <param name="context">The call.</param>
    /// <param name="caller">Whose cookie came, and whose token it must be.</param>
    public async Task<ExchangeError?> RefusalAsync(HttpContext context, ClaimsPrincipal caller) =>
        IsSafe(context.Request.Method) || await IsValidAsync(context, caller)
            ? null
            : ExchangeError.AntiforgeryMissing($"{mount.Prefix}/antiforgery", options.Value.HeaderName!);

    // RFC 9110 9.2.1.
    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private async Task<bool> IsValidAsync(HttpContext context, ClaimsPrincipal caller)
    {
        // Without the header the form is read for the token, and below our prefix bodies are read by the doors alone.
        if (!context.Request.Headers.ContainsKey(options.Value.HeaderName!) && mount.Covers(context.Request.Path))
        {
            return false;
        }

        ClaimsPrincipal before = context.User;
        context.User = caller;
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            // The form cannot be read.
            return false;
        }
        finally
        {
            context.User = before;
        }
    }
}
