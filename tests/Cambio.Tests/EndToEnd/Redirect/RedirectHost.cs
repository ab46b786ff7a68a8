using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>The ready server, fakes on a server of their own, and front ends and browsers that walk between them.</summary>
internal sealed partial class RedirectHost : IAsyncDisposable
{
    private RedirectHost(FakedHost faked, FakeTimeProvider? time, AuditEvents audit, LogLines logs)
    {
        Faked = faked;
        Clock = time;
        Audit = audit;
        Logs = logs;
    }

    public FakedHost Faked { get; }

    public CambioHost Host => Faked.Host;

    public FakeProviders Fakes => Faked.Fakes;

    public FakeTimeProvider? Clock { get; }

    public AuditEvents Audit { get; }

    public LogLines Logs { get; }

    public Uri Address => Host.Client.BaseAddress!;

    /// <param name="settings">Beside the front end's.</param>
    /// <param name="clock">True: our clock stands still, and that of the fakes goes on.</param>
    /// <param name="services">More registrations.</param>
    public static async Task<RedirectHost> StartAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null, bool clock = false, Action<IServiceCollection>? services = null)
    {
        var audit = new AuditEvents();
        var logs = new LogLines();
        FakeTimeProvider? time = clock ? new(DateTimeOffset.UtcNow) : null;
        FakedHost faked = await FakedHost.StartAsync(
            [
                new("Cambio:FrontEnd:ReturnUrls", $"{FrontEnd.ReturnUrl} http://127.0.0.1/cb com.example.app:/cb https://app.example.com/with?query=1"),
                new("Cambio:FrontEnd:Origins", FrontEnd.Origin),
                .. settings ?? [],
            ],
            all =>
            {
                all.AddSingleton<Cambio.Telemetry.IAuditSink>(audit).AddSingleton<ILoggerProvider>(logs);
                if (time is not null)
                {
                    all.AddSingleton<TimeProvider>(time);
                }

                services?.Invoke(all);
            });
        return new RedirectHost(faked, time, audit, logs);
    }

    public Uri StartOf(string provider, string query) => new(Address, $"/auth/{provider}/start{query}");

    /// <summary>Presses the button: start, up to the provider's address.</summary>
    public async Task<Uri> BeginAsync(WebBrowser browser, string provider, FrontEnd front, params (string, string?)[] own)
    {
        Page start = await browser.SendAsync(HttpMethod.Get, StartOf(provider, front.Query(own)), FrontEnd.Page);
        Assert.True(start.Status == 302, $"{start.Status} {start.Text}");
        return start.Location!;
    }

    /// <summary>Says yes at the provider's page. What comes back is the navigation to our callback, not yet made.</summary>
    public static async Task<Step> AllowAsync(WebBrowser browser, Uri authorization, string user, string? email = null, string decision = "allow")
    {
        Page page = await browser.SendAsync(HttpMethod.Get, authorization);
        Assert.True(page.Status == 200, $"{page.Status} {page.Location} {page.Text}");
        Dictionary<string, string> fields = Fields(page.Text);
        fields["user"] = user;
        fields["email"] = email ?? "";
        fields["email_verified"] = "true";
        fields["decision"] = decision;
        Page answer = await browser.SendAsync(HttpMethod.Post, ActionOf(page), page.Address, fields);
        return answer.Location is { } location
            ? new Step(HttpMethod.Get, location, answer.Address, null)
            : new Step(HttpMethod.Post, ActionOf(answer), answer.Address, Fields(answer.Text));
    }

    /// <summary>Walks the whole way, up to the landing.</summary>
    public async Task<Page> WalkAsync(WebBrowser browser, string provider, string user, FrontEnd front, params (string, string?)[] own)
    {
        Step step = await AllowAsync(browser, await BeginAsync(browser, provider, front, own), user);
        return await step.TakeAsync(browser);
    }

    /// <summary>What stands on the landing's address.</summary>
    public static Dictionary<string, string> Landing(Page page)
    {
        Assert.True(page.Status == 302, $"{page.Status} {page.Text}");
        return Query(page.Location!);
    }

    public static Dictionary<string, string> Query(Uri address)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        return query.AllKeys.ToDictionary(static key => key!, key => query[key]!, StringComparer.Ordinal);
    }

    /// <summary>The front end redeems its code.</summary>
    public Task<Answer> RedeemAsync(string code, FrontEnd front, string? redirectUri = FrontEnd.ReturnUrl, string? verifier = null) => Host.PostFormAsync(
        "/auth/token", ("grant_type", "authorization_code"), ("code", code), ("code_verifier", verifier ?? front.Verifier), ("redirect_uri", redirectUri));

    /// <summary>The whole of it, and the user that it signed in.</summary>
    public async Task<Answer> SignInAsync(WebBrowser browser, string provider, string user)
    {
        var front = new FrontEnd();
        Dictionary<string, string> landing = Landing(await WalkAsync(browser, provider, user, front));
        Assert.Equal(["code", "state"], landing.Keys.Order());
        Assert.Equal(front.State, landing["state"]);
        Answer tokens = await RedeemAsync(landing["code"], front);
        Assert.True(tokens.Status == 200, tokens.Text);
        return await Host.GetAsync("/auth/me", tokens.AccessToken);
    }

    /// <summary>Another instance, on the same store or one of its own.</summary>
    public CambioHost Second(string provider, string? store, params (string Key, string Value)[] own)
    {
        FakeProvider fake = Fakes[provider];
        var settings = new Dictionary<string, string?>
        {
            ["Cambio:FrontEnd:ReturnUrls"] = FrontEnd.ReturnUrl,
            ["Cambio:Http:Simulator"] = Fakes.BaseAddress.AbsoluteUri,
            [$"Cambio:Providers:{provider}:ClientId"] = fake.ClientId,
            [$"Cambio:Providers:{provider}:ClientSecret"] = fake.ClientSecret,
        };
        foreach ((string name, string value) in fake.Variables)
        {
            settings[$"Cambio:Providers:{provider}:{name}"] = value;
        }

        foreach ((string key, string value) in own)
        {
            settings[key] = value;
        }

        if (store is not null)
        {
            settings["Cambio:Store:ConnectionString"] = store;
        }

        return CambioHost.Start(settings);
    }

    /// <summary>How many calls the provider's endpoint got.</summary>
    public int Calls(string endpoint) => Fakes.Simulator.Calls.Count(call => call.Endpoint == endpoint);

    public ValueTask DisposeAsync() => Faked.DisposeAsync();

    private static Uri ActionOf(Page page)
    {
        Match action = FormAction().Match(page.Text);
        Assert.True(page.Text.Contains("<form", StringComparison.Ordinal), page.Text);
        return action.Success && action.Groups[1].Value.Length > 0 ? new Uri(page.Address, WebUtility.HtmlDecode(action.Groups[1].Value)) : page.Address;
    }

    private static Dictionary<string, string> Fields(string html) => HiddenInput().Matches(html)
        .Select(static tag => (Name: Attribute("name").Match(tag.Value), Value: Attribute("value").Match(tag.Value)))
        .Where(static input => input.Name.Success)
        .ToDictionary(static input => WebUtility.HtmlDecode(input.Name.Groups[1].Value), static input => WebUtility.HtmlDecode(input.Value.Groups[1].Value));

    private static Regex Attribute(string name) => new($"\\s{name}=\"([^\"]*)\"");

    [GeneratedRegex("<form[^>]*\\saction=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenInput();
}

/// <summary>A navigation that a page has prepared.</summary>
internal sealed record Step(HttpMethod Method, Uri Address, Uri From, IReadOnlyDictionary<string, string>? Form)
{
    public Task<Page> TakeAsync(WebBrowser browser) => browser.SendAsync(Method, Address, From, Form);

    /// <summary>The same with one parameter changed; null takes it away.</summary>
    public Step With(string name, string? value) => Form is null
        ? this with { Address = Change(Address, name, value) }
        : this with { Form = Form.Where(field => field.Key != name).Concat(value is null ? [] : [KeyValuePair.Create(name, value)]).ToDictionary() };

    public string? this[string name] => Form is null ? RedirectHost.Query(Address).GetValueOrDefault(name) : Form.GetValueOrDefault(name);

    /// <summary>The address with one parameter changed.</summary>
    public static Uri Change(Uri address, string name, string? value)
    {
        Dictionary<string, string> query = RedirectHost.Query(address);
        query.Remove(name);
        if (value is not null)
        {
            query[name] = value;
        }

        return new UriBuilder(address) { Query = string.Join('&', query.Select(static p => $"{p.Key}={Uri.EscapeDataString(p.Value)}")) }.Uri;
    }
}
