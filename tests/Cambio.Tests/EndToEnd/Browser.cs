using System.Net;

namespace Cambio.Tests.EndToEnd;

/// <summary>A front end's page in a browser of its own.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient client;

    /// <param name="address">The server.</param>
    /// <param name="agent">Its user agent.</param>
    /// <param name="site">How the page stands to the server, in the browser's words; null for a program that is no browser.</param>
    /// <param name="cookies">Its cookies; absent: none yet.</param>
    public Browser(Uri address, string agent = "Firefox/1.0", string? site = "same-origin", CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new CookieContainer();
        client = new HttpClient(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("User-Agent", agent);
        if (site is not null)
        {
            client.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        }
    }

    public CookieContainer Cookies { get; }

    public async Task<Answer> PostAsync(string path, params (string Name, string? Value)[] members)
    {
        using var content = new FormUrlEncodedContent(members.Select(m => KeyValuePair.Create(m.Name, m.Value ?? "")));
        return await Answer.ReadAsync(await client.PostAsync(path, content));
    }

    public void Dispose() => client.Dispose();
}
