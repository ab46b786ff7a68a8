using System.Net;
using System.Net.Http.Headers;
using SameSiteMode = Microsoft.Net.Http.Headers.SameSiteMode;
using SetCookie = Microsoft.Net.Http.Headers.SetCookieHeaderValue;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>
/// A browser: one jar of cookies for all its tabs, by the rules that browsers keep (RFC 6265bis: Secure, <c>__Host-</c>, SameSite). Hosts
/// that exist in no name server are routed to where they really listen, as a proxy that ends TLS would.
/// </summary>
internal sealed class WebBrowser : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly CookieContainer jar = new();
    private readonly Dictionary<string, SameSiteMode> sameSite = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> routes = new(StringComparer.Ordinal);

    /// <summary>Every <c>Set-Cookie</c> header that came.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>What was asked for, as <c>GET https://host/path</c>, without the query.</summary>
    public List<string> Requests { get; } = [];

    public IReadOnlyList<Cookie> Cookies(Uri address) => [.. jar.GetCookies(address).Cast<Cookie>()];

    /// <summary>Lets an origin stand for a server.</summary>
    public void Route(string origin, Uri server) => routes[origin] = server;

    public void ClearCookies(Uri address)
    {
        foreach (Cookie cookie in jar.GetCookies(address))
        {
            cookie.Expired = true;
        }
    }

    /// <param name="method">GET or POST.</param>
    /// <param name="address">Where to.</param>
    /// <param name="from">The page that navigates; null where the user typed the address.</param>
    /// <param name="form">The form that is posted.</param>
    /// <param name="headers">More headers.</param>
    public async Task<Page> SendAsync(
        HttpMethod method, Uri address, Uri? from = null, IEnumerable<KeyValuePair<string, string>>? form = null, params (string Name, string Value)[] headers)
    {
        Requests.Add($"{method} {address.GetLeftPart(UriPartial.Path)}");
        Uri target = routes.TryGetValue(address.GetLeftPart(UriPartial.Authority), out Uri? server) ? new Uri(server, address.PathAndQuery) : address;
        using var request = new HttpRequestMessage(method, target) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        request.Headers.Host = address.Authority;
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (test)");
        if (CookieHeader(method, address, from) is { Length: > 0 } cookies)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        foreach (string header in response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? values) ? values : [])
        {
            SetCookies.Add(header);
            Keep(address, SetCookie.Parse(header));
        }

        return new Page(
            address,
            (int)response.StatusCode,
            response.Headers,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => client.Dispose();

    private string CookieHeader(HttpMethod method, Uri address, Uri? from) => string.Join("; ", jar.GetCookies(address)
        .Where(cookie => from is null || Site(from) == Site(address) || IsSentAcross(method, sameSite.GetValueOrDefault(cookie.Name)))
        .Select(static cookie => $"{cookie.Name}={cookie.Value}"));

    // Top-level navigations alone are made here.
    private static bool IsSentAcross(HttpMethod method, SameSiteMode mode) => mode switch
    {
        SameSiteMode.None => true,
        SameSiteMode.Strict => false,
        _ => method == HttpMethod.Get,
    };

    private void Keep(Uri address, SetCookie set)
    {
        string name = set.Name.ToString();
        bool isSecure = address.Scheme == Uri.UriSchemeHttps;
        bool isRefused = (set.Secure && !isSecure)
            || (name.StartsWith("__Host-", StringComparison.Ordinal) && !(set.Secure && set.Path == "/" && !set.Domain.HasValue))
            || (set.SameSite == SameSiteMode.None && !set.Secure);
        if (isRefused)
        {
            return;
        }

        sameSite[name] = set.SameSite == SameSiteMode.Unspecified ? SameSiteMode.Lax : set.SameSite;
        var cookie = new Cookie(name, set.Value.ToString(), set.Path.HasValue ? set.Path.ToString() : "/") { Secure = set.Secure, HttpOnly = set.HttpOnly };
        if (set.MaxAge is { } age)
        {
            cookie.Expires = DateTime.UtcNow + age;
        }
        else if (set.Expires is { } expires)
        {
            cookie.Expires = expires.UtcDateTime;
        }

        jar.Add(address, cookie);
    }

    private static string Site(Uri address) => $"{address.Scheme}://{address.Host}";
}

/// <summary>What a navigation ended in.</summary>
internal sealed record Page(Uri Address, int Status, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    /// <summary>Where it redirects to.</summary>
    public Uri? Location => Headers.Location is { } location ? new Uri(Address, location) : null;

    public string Header(string name) => Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : "";
}
