using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cambio.AspNetCore.Redirect;
using Cambio.Telemetry;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>A host whose providers are played by fakes, and browsers that were sent to one of them and now come back.</summary>
public sealed class CallbackRoom : IAsyncLifetime
{
    public const string ReturnUrl = "https://app.example.com/return";
    public const string Origin = "https://app.example.com";
    public const string Verifier = "a-verifier-of-forty-three-characters-or-more";

    private readonly ConcurrentDictionary<string, RedirectState> starts = new();
    private int people;

    internal FakeProviders Fakes { get; private set; } = null!;

    internal DoorHost Host { get; private set; } = null!;

    internal AuditEvents Events { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Fakes = await FakeProviders.StartAsync(new FakeTimeProvider(TokenRoom.Start));
        Host = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Fakes.DisposeAsync();
    }

    /// <summary>Another host, on the same fakes.</summary>
    internal Task<DoorHost> StartAsync(string environment = "Development", Action<IServiceCollection>? configure = null, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Cambio:PublicUrl"] = TokenRoom.Issuer,
            ["Cambio:Http:Simulator"] = environment == "Development" ? Fakes.BaseAddress.AbsoluteUri : null,
            ["Cambio:FrontEnd:ReturnUrls"] = $"{ReturnUrl} com.example.app:/return",
            ["Cambio:FrontEnd:Origins"] = Origin,
        };
        foreach (FakeProvider fake in new[] { "google", "github", "apple" }.Select(id => Fakes[id]))
        {
            settings[$"Cambio:Providers:{fake.Id}:ClientId"] = fake.ClientId;
            settings[$"Cambio:Providers:{fake.Id}:ClientSecret"] = fake.ClientSecret;
            foreach ((string name, string value) in fake.Variables)
            {
                settings[$"Cambio:Providers:{fake.Id}:{name}"] = value;
            }
        }

        foreach ((string key, string value) in more)
        {
            settings[key] = value;
        }

        return DoorHost.StartAsync(
            settings,
            environment,
            services =>
            {
                services.AddSingleton<IAuditSink>(Events);
                configure?.Invoke(services);
            },
            app => app.MapGet("/keep/{state}", (string state, HttpContext context, StateCookies cookies) => Keep(starts[state], context, cookies)));
    }

    /// <summary>A browser on its way back from the provider, where somebody new has signed in.</summary>
    internal async Task<Visit> VisitAsync(string provider = "google", Func<RedirectState, RedirectState>? change = null, DoorHost? host = null, string? user = null)
    {
        string callback = $"{TokenRoom.Issuer}/auth/{provider}/callback";
        MintedCredentials minted = Fakes[provider].Mint(new MintOptions { User = user ?? $"visitor-{Interlocked.Increment(ref people)}", RedirectUri = callback });
        var state = new RedirectState
        {
            State = RandomNumberGenerator.GetHexString(64, lowercase: true),
            Provider = provider,
            Mode = RedirectMode.Code,
            RedirectUri = callback,
            Nonce = minted.Nonce,
            CodeVerifier = minted.CodeVerifier,
            ReturnUrl = ReturnUrl,
            FrontEndState = "front end's own",
            CodeChallenge = Pkce.Challenge(Verifier),
            ExpiresAt = TokenRoom.Start + RedirectState.Lifetime,
        };
        state = change?.Invoke(state) ?? state;
        starts[state.State] = state;
        HttpResponseMessage start = await (host ?? Host).GetAsync($"/keep/{state.State}");
        return new Visit(host ?? Host, state, start.Headers.GetValues("Set-Cookie").Single().Split(';', 2)[0], minted.Code!);
    }

    /// <summary>What stands on the return URL that an answer leads to.</summary>
    internal static Dictionary<string, string> Landed(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        string location = answer.Headers.NonValidated["Location"].Single();
        Assert.StartsWith(ReturnUrl, location, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(location[ReturnUrl.Length..]).ToDictionary(static pair => pair.Key, static pair => Assert.Single(pair.Value)!);
    }

    /// <summary>What the front end does with a code of ours.</summary>
    internal static Task<HttpResponseMessage> RedeemAsync(DoorHost host, string code) => host.PostAsync(
        "/auth/token",
        $"grant_type=authorization_code&code={code}&code_verifier={Verifier}&redirect_uri={Uri.EscapeDataString(ReturnUrl)}",
        "application/x-www-form-urlencoded");

    internal int Calls => Fakes.Simulator.Calls.Count;

    private static IResult Keep(RedirectState state, HttpContext context, StateCookies cookies) =>
        cookies.Keep(context, state, state.Provider == "apple") is null ? Results.Ok() : Results.BadRequest();
}

/// <summary>One browser that comes back.</summary>
/// <param name="Host">Whom it comes to.</param>
/// <param name="Start">What was to be remembered.</param>
/// <param name="Cookie">What it was given to keep.</param>
/// <param name="Code">The provider's code.</param>
internal sealed record Visit(DoorHost Host, RedirectState Start, string Cookie, string Code)
{
    public string Path => $"/auth/{Start.Provider}/callback";

    public string State => Start.State;

    public string Query => $"?code={Uri.EscapeDataString(Code)}&state={State}";

    /// <summary>The browser goes where the provider sends it.</summary>
    public Task<HttpResponseMessage> ComeAsync() => GetAsync(Query);

    public Task<HttpResponseMessage> GetAsync(string query, string? cookie = null, params (string Name, string Value)[] headers) =>
        Host.SendAsync(HttpMethod.Get, Path + query, headers: [("Cookie", cookie ?? Cookie), .. headers]);

    public Task<HttpResponseMessage> PostAsync(string body, string query = "") => Host.SendAsync(
        HttpMethod.Post,
        Path + query,
        new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        "application/x-www-form-urlencoded",
        headers: [("Cookie", Cookie), ("Origin", "https://appleid.apple.com")]);
}
