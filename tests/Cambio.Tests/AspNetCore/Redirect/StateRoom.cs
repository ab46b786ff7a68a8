using Cambio.AspNetCore;
using Cambio.AspNetCore.Redirect;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Net.Http.Headers;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>The state cookies of one server, and browsers that bring back what they were given.</summary>
internal sealed class StateRoom
{
    /// <param name="address">The public address.</param>
    /// <param name="environment">Development lets loopback go without Secure.</param>
    /// <param name="keys">The key ring; its own unless told.</param>
    public StateRoom(string address = "https://api.example.com", string environment = "Production", IDataProtectionProvider? keys = null)
    {
        var place = new Place(address, environment);
        Cookies = new StateCookies(keys ?? new EphemeralDataProtectionProvider(), new PlainHttp(place, place), place, Time);
        Address = new Uri(address);
    }

    public StateCookies Cookies { get; }

    public FakeTimeProvider Time { get; } = new(TokenRoom.Start);

    private Uri Address { get; }

    public RedirectState State(char digit = 'a') => new()
    {
        State = new string(digit, 64),
        Provider = "acme",
        Mode = RedirectMode.Code,
        RedirectUri = $"{Address.OriginalString}/auth/acme/callback",
        Nonce = "nonce",
        CodeVerifier = "verifier",
        ReturnUrl = "https://app.example.com/signed-in",
        FrontEndState = "f\"\\&+<é",
        CodeChallenge = new string('c', 43),
        LinkUser = "u-ada",
        ExpiresAt = Time.GetUtcNow() + RedirectState.Lifetime,
    };

    /// <summary>A call of a browser that has these cookies, oldest first.</summary>
    public HttpContext Call(string? cookies = null, string method = "GET")
    {
        var context = new DefaultHttpContext { Request = { Method = method, Scheme = Address.Scheme, Host = new HostString(Address.Authority) } };
        if (cookies is not null)
        {
            context.Request.Headers.Cookie = cookies;
        }

        return context;
    }

    /// <summary>The cookie of a state that was kept, as the browser sends it.</summary>
    public string Keep(RedirectState state, bool crossSitePost = false, string? cookies = null) => Sent(Given(state, crossSitePost, cookies)[^1]);

    /// <summary>All cookies that the answer sets or takes back.</summary>
    public IReadOnlyList<SetCookieHeaderValue> Given(RedirectState state, bool crossSitePost = false, string? cookies = null)
    {
        HttpContext context = Call(cookies);
        Assert.Null(Cookies.Keep(context, state, crossSitePost));
        return Set(context);
    }

    public static IReadOnlyList<SetCookieHeaderValue> Set(HttpContext context) => [.. SetCookieHeaderValue.ParseList([.. context.Response.Headers.SetCookie.OfType<string>()])];

    public static string Sent(SetCookieHeaderValue cookie) => $"{cookie.Name}={cookie.Value}";

    private sealed class Place(string address, string environment) : IPublicAddress, IHostEnvironment
    {
        public string Value => address;

        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "Tests";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
