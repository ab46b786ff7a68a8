using System.Text;
using Cambio.AspNetCore.Cookies;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Tests.AspNetCore;

/// <summary>A browser that is signed in by cookie: keeps cookies as one does, and sends them along with whatever it is made to call.</summary>
internal sealed class CookieBrowser(DoorHost host)
{
    public const string Session = "__Host-cambio-session";
    public const string Antiforgery = "__Host-cambio-antiforgery";
    public const string Header = "RequestVerificationToken";

    /// <summary>Name to value.</summary>
    public Dictionary<string, string> Jar { get; } = [];

    /// <summary>A host where a browser can sign in to a session of the store, on a store that counts and can be closed.</summary>
    public static Task<DoorHost> StartAsync(
        Dictionary<string, string?>? settings = null, string environment = "Production", Action<IServiceCollection>? configure = null, Action<WebApplication>? map = null) =>
        DoorHost.StartAsync(
            settings,
            environment,
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IStore>(static provider => new StoreDesk(provider.GetRequiredService<InMemoryStore>())));
                configure?.Invoke(services);
            },
            app =>
            {
                app.MapGet("/sign-in/{user}/{session}", GiveAsync);
                app.MapGet("/who", static async (HttpContext context, [FromServices] SessionCookies cookies) =>
                    await cookies.FindUserAsync(context, CancellationToken.None) ?? "nobody");
                app.MapMethods("/change", ["POST", "PUT", "PATCH", "DELETE"], static () => "changed").RequireAuthorization();
                map?.Invoke(app);
            });

    /// <summary>A browser with the cookie of a new session.</summary>
    public static async Task<CookieBrowser> SignInAsync(DoorHost host, Account? account = null, string session = "s-1", TimeSpan? lifetime = null)
    {
        await OpenAsync(host, account ?? TokenRoom.Ada, session, lifetime ?? TimeSpan.FromDays(90));
        var browser = new CookieBrowser(host);
        await browser.SendAsync("GET", $"/sign-in/{(account ?? TokenRoom.Ada).User.Id}/{session}");
        Assert.Contains(Session, browser.Jar.Keys);
        return browser;
    }

    public static Task OpenAsync(DoorHost host, Account account, string session, TimeSpan lifetime) => host.Store.TransactAsync<bool>(
        async (transaction, cancellationToken) =>
        {
            await TokenRoom.EnsureUserAsync(account, transaction);
            DateTimeOffset now = host.Time.GetUtcNow();
            await transaction.Sessions.AddAsync(
                new Session { Id = session, User = account.User, Provider = "acme", CreatedAt = now, LastUsedAt = now, ExpiresAt = now + lifetime, UserAgent = "Browser/1.0" },
                cancellationToken);
            return true;
        },
        CancellationToken.None);

    /// <summary>Sends, and keeps what cookies come back.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        string cookies = string.Join("; ", Jar.Select(static cookie => $"{cookie.Key}={cookie.Value}"));
        HttpResponseMessage answer = await host.SendAsync(
            new HttpMethod(method),
            path,
            body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            body is null ? null : contentType,
            authorization: null,
            cookies.Length == 0 ? headers : [("Cookie", cookies), .. headers]);
        foreach (string[] cookie in SetCookies(answer).Select(static line => line.Split(';')[0].Split('=', 2)))
        {
            Jar.Remove(cookie[0]);
            if (cookie[1].Length > 0)
            {
                Jar[cookie[0]] = cookie[1];
            }
        }

        return answer;
    }

    /// <summary>An antiforgery token for the calls to come.</summary>
    public async Task<string> TokenAsync() => (await (await SendAsync("GET", "/auth/antiforgery")).JsonAsync()).GetProperty("token").GetString()!;

    public static string[] SetCookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines) ? [.. lines] : [];

    private static async Task GiveAsync(string user, string session, HttpContext context, [FromServices] SessionCookies cookies, [FromServices] InMemoryStore store) =>
        await cookies.SignInAsync(context, (await store.FindUserAsync(new UserRef(user), CancellationToken.None))!, (await store.FindSessionAsync(session, CancellationToken.None))!.Session);
}
