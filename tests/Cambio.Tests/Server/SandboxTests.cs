using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Cambio.Providers;
using Cambio.Tests.Catalog;
using Cambio.Tests.Testing;

namespace Cambio.Tests.Server;

public sealed class SandboxTests : IAsyncLifetime
{
    private SandboxHost host = null!;

    public static TheoryData<string> Ids => [.. Folders.Ids];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await SandboxHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public void Every_provider_of_the_catalogue_is_on()
    {
        Assert.Equal(Folders.Ids.Order(StringComparer.Ordinal), host.Registry.All.Select(provider => provider.Id));
        Assert.All(host.Registry.All, provider => Assert.Equal(new Uri(host.Address, "/sandbox"), provider.Simulator));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Signing_in_hands_out_exactly_the_kinds_that_the_provider_takes(string id)
    {
        JsonObject minted = await JsonAsync(await host.SignInAsync(id, ("user", "ada")));
        Provider provider = host.Registry.Find(id).Value!;

        Assert.Equal(provider.Accepts, ProviderWords.Credentials.Where(minted.ContainsKey));
        Assert.Equal(minted.ContainsKey("code"), minted.ContainsKey("redirect_uri"));
        Assert.Equal(minted.ContainsKey("code") && provider.Definition.Authorization.Pkce is not false, minted.ContainsKey("code_verifier"));
        Assert.True(!minted.ContainsKey("id_token") || minted.ContainsKey("nonce"));
    }

    [Fact]
    public async Task What_is_minted_is_good_at_the_sandbox_and_nowhere_else()
    {
        await using SandboxHost other = await SandboxHost.StartAsync();
        Assert.NotEmpty(other.Registry.All);
        JsonObject minted = await JsonAsync(await host.SignInAsync("google", ("user", "ada")));
        string check = $"/sandbox/oauth2.googleapis.com/tokeninfo?access_token={minted["access_token"]}";

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync(check, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.Http.GetAsync(check, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_code_is_redeemed_with_the_registered_secret()
    {
        Provider github = host.Registry.Find("github").Value!;
        JsonObject minted = await JsonAsync(await host.SignInAsync("github", ("user", "ada")));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = (string)minted["code"]!,
            ["redirect_uri"] = (string)minted["redirect_uri"]!,
            ["code_verifier"] = (string)minted["code_verifier"]!,
            ["client_id"] = github.ClientId,
            ["client_secret"] = github.ClientSecret!,
        });
        JsonObject answer = await JsonAsync(await host.Http.PostAsync("/sandbox/github.com/login/oauth/access_token", form, Cancellation));

        Assert.Equal("bearer", (string?)answer["token_type"]);
    }

    [Fact]
    public async Task Who_signs_in_can_be_chosen_in_JSON_too()
    {
        var body = JsonContent.Create(new { user = "Ada Lovelace", email = "ada@lovelace.example", email_verified = false });
        JsonObject minted = await JsonAsync(await host.Http.PostAsync("/sandbox/google", body, Cancellation));
        JsonObject claims = Ask.Claims((string)minted["id_token"]!);

        Assert.Equal("Ada Lovelace", (string?)claims["name"]);
        Assert.Equal("ada@lovelace.example", (string?)claims["email"]);
        Assert.False((bool)claims["email_verified"]!);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "user=")]
    [InlineData("application/x-www-form-urlencoded", "user=%20")]
    [InlineData("application/x-www-form-urlencoded", "user=a%00b")]
    [InlineData("application/x-www-form-urlencoded", "user=a&user=b")]
    [InlineData("application/x-www-form-urlencoded", "user=a&email=nowhere")]
    [InlineData("application/x-www-form-urlencoded", "user=a&email_verified=perhaps")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "{\"user\":1}")]
    [InlineData("application/json", "{\"user\":\"a\",\"user\":\"b\"}")]
    [InlineData("application/json", "{\"user\":\"a\",\"role\":\"admin\"}")]
    [InlineData("text/plain", "user=ada")]
    public async Task A_request_that_says_something_else_is_refused(string type, string text)
    {
        using var body = new StringContent(text, Encoding.UTF8, type);
        using HttpResponseMessage answer = await host.Http.PostAsync("/sandbox/google", body, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(ErrorCodes.InvalidRequest, (string?)(await JsonAsync(answer))["error"]);
    }

    [Fact]
    public async Task A_name_of_a_hundred_characters_is_the_longest()
    {
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("google", ("user", new string('a', 100)))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SignInAsync("google", ("user", new string('a', 101)))).StatusCode);
    }

    [Fact]
    public async Task An_unknown_provider_is_named_with_those_that_are_played()
    {
        using HttpResponseMessage answer = await host.SignInAsync("nobody", ("user", "ada"));
        JsonObject problem = await JsonAsync(answer);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(ErrorCodes.UnknownProvider, (string?)problem["error"]);
        Assert.Equal(Folders.Ids.Order(StringComparer.Ordinal), problem["providers"]!.AsArray().Select(id => (string)id!));
    }

    [Fact]
    public async Task A_name_of_somebody_elses_for_this_machine_opens_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/google") { Content = new FormUrlEncodedContent([new("user", "ada")]) };
        request.Headers.Host = "rebound.example";
        using HttpResponseMessage answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_browser_is_told_what_to_do()
    {
        string text = await host.Http.GetStringAsync("/sandbox", Cancellation);

        Assert.Contains("google", text, StringComparison.Ordinal);
        Assert.Contains("curl -d user=ada", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_with_a_client_id_of_its_own_is_not_played()
    {
        await using SandboxHost own = await SandboxHost.StartAsync(settings:
            [("Cambio:Providers:google:ClientId", "real"), ("Cambio:Providers:google:ClientSecret", "secret"), ("Cambio:Providers:github:Enabled", "false")]);

        Assert.Equal(HttpStatusCode.NotFound, (await own.SignInAsync("google", ("user", "ada"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await own.SignInAsync("github", ("user", "ada"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await own.SignInAsync("gitlab", ("user", "ada"))).StatusCode);
        Assert.Null(own.Registry.Find("google").Value!.Simulator);
    }

    [Fact]
    public async Task Settings_of_a_provider_hold_in_the_sandbox_too()
    {
        await using SandboxHost own = await SandboxHost.StartAsync(settings: [("Cambio:Providers:gitlab:BaseUrl", "https://git.corp.example")]);
        JsonObject minted = await JsonAsync(await own.SignInAsync("gitlab", ("user", "ada")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/git.corp.example/api/v4/user");
        request.Headers.Authorization = new("Bearer", (string)minted["access_token"]!);

        Assert.Equal("https://git.corp.example", (string?)Ask.Claims((string)minted["id_token"]!)["iss"]);
        Assert.Equal(HttpStatusCode.OK, (await own.Http.SendAsync(request, Cancellation)).StatusCode);
    }

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
}
