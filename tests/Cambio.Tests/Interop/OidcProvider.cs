using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Buffers.Text;
using System.Web;
using Cambio.Tests.EndToEnd.Redirect;

namespace Cambio.Tests.Interop;

/// <summary>The npm package <c>oidc-provider</c> as a process of its own on loopback, and a user who walks its pages.</summary>
public sealed partial class OidcProvider : IAsyncLifetime
{
    private const string RedirectUri = "http://127.0.0.1/callback";

    private Process? process;

    public string Issuer { get; private set; } = "";

    public static string Secret(string clientId) => $"{clientId}-secret-of-the-interop-tests";

    public async ValueTask InitializeAsync()
    {
        string folder = NodeScript.Folder;
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "tests/Interop has no node_modules; ./test installs them (npm ci).");
        process = Process.Start(new ProcessStartInfo("node", "provider.mjs")
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The provider did not start.");
        Issuer = JsonSerializer.Deserialize<JsonElement>(line).GetProperty("issuer").GetString()!;
    }

    /// <summary>Signs in at the provider's own pages and consents.</summary>
    public async Task<Code> AuthorizeAsync(string clientId, string login)
    {
        string verifier = RandomNumberGenerator.GetHexString(64, lowercase: true);
        string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        string challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler);
        var address = new Uri($"{Issuer}/auth?client_id={clientId}&response_type=code&scope=openid+profile+email&redirect_uri={Uri.EscapeDataString(RedirectUri)}"
            + $"&code_challenge={challenge}&code_challenge_method=S256&nonce={nonce}&state=s");
        for (int step = 0; step < 12; step++)
        {
            using HttpResponseMessage response = await browser.GetAsync(address);
            if (response.Headers.Location is null)
            {
                address = await SubmitAsync(browser, address, await response.Content.ReadAsStringAsync(), login);
                continue;
            }

            address = new Uri(address, response.Headers.Location);
            if (address.AbsoluteUri.StartsWith(RedirectUri, StringComparison.Ordinal))
            {
                return new(HttpUtility.ParseQueryString(address.Query)["code"] ?? throw new InvalidOperationException(address.Query), RedirectUri, verifier, nonce);
            }
        }

        throw new InvalidOperationException("The provider's pages led nowhere.");
    }

    /// <summary>Walks the provider's pages in a browser that has come there, up to the way back.</summary>
    internal async Task<Uri> WalkAsync(WebBrowser browser, Uri authorization, string login)
    {
        Page page = await browser.SendAsync(HttpMethod.Get, authorization);
        for (int step = 0; step < 12; step++)
        {
            if (page.Location is null)
            {
                string action = FormAction().Match(page.Text).Groups[1].Value;
                Assert.True(action.Length > 0, $"{page.Address} is not a form: {page.Status} {page.Text}");
                page = await browser.SendAsync(
                    HttpMethod.Post, new Uri(page.Address, WebUtility.HtmlDecode(action)), page.Address,
                    [new("prompt", Prompt().Match(page.Text).Groups[1].Value), new("login", login), new("password", "any")]);
            }
            else if (page.Location.Authority != new Uri(Issuer).Authority)
            {
                return page.Location;
            }
            else
            {
                page = await browser.SendAsync(HttpMethod.Get, page.Location, page.Address);
            }
        }

        throw new InvalidOperationException("The provider's pages led nowhere.");
    }

    /// <summary>What the front end's own SDK would do: redeems the code at the provider itself.</summary>
    public async Task<JsonElement> RedeemAsync(string clientId, Code code)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "authorization_code"), new("code", code.Value), new("redirect_uri", code.RedirectUri), new("code_verifier", code.Verifier),
            ]),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{Secret(clientId)}")));
        using HttpResponseMessage response = await client.SendAsync(request);
        return JsonSerializer.Deserialize<JsonElement>(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        // It ends by itself when its standard input closes.
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<Uri> SubmitAsync(HttpClient browser, Uri page, string html, string login)
    {
        string action = FormAction().Match(html).Groups[1].Value;
        string prompt = Prompt().Match(html).Groups[1].Value;
        Assert.True(action.Length > 0, $"{page} is not a form.");
        using var form = new FormUrlEncodedContent([new("prompt", prompt), new("login", login), new("password", "any")]);
        using HttpResponseMessage response = await browser.PostAsync(new Uri(page, WebUtility.HtmlDecode(action)), form);
        return new Uri(page, response.Headers.Location ?? throw new InvalidOperationException($"{page} answered {response.StatusCode}."));
    }

    [GeneratedRegex("<form[^>]*action=\"([^\"]+)\"[^>]*method=\"post\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("name=\"prompt\" value=\"([a-z]+)\"")]
    private static partial Regex Prompt();

    public sealed record Code(string Value, string RedirectUri, string Verifier, string Nonce);
}
