using Cambio.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Cambio.AspNetCore;

/// <summary>Whether cookies go without <c>Secure</c> and the <c>__Host-</c> prefix: in Development, where the public address is http on loopback. Never by a header.</summary>
internal sealed class PlainHttp(IPublicAddress address, IHostEnvironment environment)
{
    public bool IsUsed =>
        environment.IsDevelopment() && Uri.TryCreate(address.Value, UriKind.Absolute, out Uri? url) && url is { IsLoopback: true, Scheme: "http" };

    /// <summary>The cookie's name, hardened where it can be (RFC 6265bis 4.1.3.2).</summary>
    public string NameOf(string cookie) => IsUsed ? cookie : $"__Host-{cookie}";

    /// <summary>The attributes of a cookie that no script reads.</summary>
    /// <param name="sameSite">When it comes along from other sites.</param>
    /// <param name="lifetime">How long the browser keeps it; null where it is taken back.</param>
    public CookieOptions AttributesOf(SameSiteMode sameSite, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = sameSite,
        Secure = !IsUsed,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
