using System.Net;
using System.Net.Sockets;
using Cambio.Providers;
using Cambio.Server.Commands.Doctor;
using Cambio.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using FakeProvider = Cambio.Testing.FakeProvider;
using TestKey = Cambio.Tests.Credentials.TestKey;

namespace Cambio.Tests.Server;

public sealed class DoctorTests
{
    private const string Address = "--urls=http://127.0.0.1:5080";

    [Fact]
    public async Task Providers_that_answer_as_they_should_are_well()
    {
        await using FakeProviders fakes = await FakeProviders.StartAsync();
        FakeProvider[] chosen = [.. OneOfEachKind(fakes)];

        CommandRun run = await RunAsync(["--environment=Development", $"--Cambio:Http:Simulator={fakes.BaseAddress}", .. chosen.SelectMany(Settings)]);

        Assert.All(chosen, fake => Assert.StartsWith($"ok     {fake.Id} ", run.Line(fake.Id), StringComparison.Ordinal));
        Assert.Equal("All is well.", run.Lines[^1]);
        Assert.Equal(chosen.Length + 1, run.Lines.Length);
        Assert.Equal(0, run.ExitCode);
        Assert.All(chosen, fake => Assert.DoesNotContain(fake.ClientSecret, run.Output, StringComparison.Ordinal));
        Assert.All(chosen.SelectMany(fake => fake.Variables.Values).Where(value => value.Contains('\n')), key => Assert.DoesNotContain(key.Split('\n')[1], run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_by_its_issuer_alone_is_well_and_is_sent_no_credential()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();

        CommandRun run = await RunAsync(issuer.Settings());

        Assert.Equal(["ok     acme  Redirect URI to register: http://127.0.0.1:5080/auth/acme/callback", "All is well."], run.Lines);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["GET /.well-known/openid-configuration", "GET /jwks", "HEAD /token"], issuer.Calls);
        Assert.Empty(issuer.Credentials);
    }

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:5080", "urls=http://127.0.0.1:5080;http://127.0.0.1:5081")]
    [InlineData("http://localhost:5090", "urls=http://*:5090")]
    [InlineData("http://localhost:8080", "http_ports=8080")]
    [InlineData("http://127.0.0.1:5091", "urls=http://127.0.0.1:5080", "Kestrel:Endpoints:Http:Url=http://127.0.0.1:5091")]
    [InlineData("nowhere", "urls=nowhere")]
    [InlineData("https://api.example.com", "urls=http://127.0.0.1:5080", "Cambio:PublicUrl=https://api.example.com")]
    public void The_redirect_URI_is_made_from_the_address_that_the_server_would_have(string address, params string[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddCommandLine(settings).Build();

        Assert.Equal(address, new StartAddress(configuration, Options.Create(new CambioOptions { PublicUrl = configuration["Cambio:PublicUrl"] })).Value);
    }

    [Fact]
    public async Task A_missing_secret_is_told_with_the_fix_and_the_others_are_examined_all_the_same()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();

        CommandRun run = await RunAsync(["--Cambio:Providers:github:ClientId=us", .. issuer.Settings()]);

        AssertWrong(run, "github", "Cambio:Providers:github:ClientSecret is missing; codes are redeemed with it; set it");
        Assert.StartsWith("ok ", run.Line("acme"), StringComparison.Ordinal);
        Assert.Equal("To mend: 1.", run.Lines[^1]);
    }

    [Fact]
    public async Task A_provider_that_signs_with_the_client_secret_needs_no_published_keys()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Document.Remove("jwks_uri");

        CommandRun run = await RunAsync(
            [.. issuer.Settings(), "--Cambio:Providers:acme:ClientSecret=0123456789abcdef0123456789abcdef", "--Cambio:Providers:acme:Definition:IdToken:Algorithms=HS256"]);

        Assert.StartsWith("ok ", run.Line("acme"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_host_is_told_with_the_fix()
    {
        string dead = $"http://127.0.0.1:{ClosedPort()}";

        CommandRun run = await RunAsync("--Cambio:Providers:acme:ClientId=us", "--Cambio:Providers:acme:ClientSecret=hush-hush", $"--Cambio:Providers:acme:Definition:Issuer={dead}");

        AssertWrong(run, "acme", $"{dead[7..]} cannot be reached: see that this machine resolves the name", "correct Cambio:Providers:acme:Definition:Issuer");
    }

    [Fact]
    public async Task A_dead_token_endpoint_is_told_though_the_documents_are_there()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Document["token_endpoint"] = $"http://127.0.0.1:{ClosedPort()}/token";

        CommandRun run = await RunAsync(issuer.Settings());

        AssertWrong(run, "acme", $"{new Uri((string)issuer.Document["token_endpoint"]!).Authority} cannot be reached", "Cambio:Providers:acme:Definition:TokenEndpoint");
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/jwks")]
    [InlineData("/token")]
    public async Task A_host_that_never_answers_is_given_up_after_the_timeout(string path)
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Silent = path;

        CommandRun run = await RunAsync(["--Cambio:Http:Timeout=00:00:01", .. issuer.Settings()]);

        AssertWrong(run, "acme", "does not answer within 1 s", "raise Cambio:Http:Timeout");
    }

    [Fact]
    public async Task Another_issuer_is_told_with_the_fix()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Document["issuer"] = issuer.Issuer + "/";

        CommandRun run = await RunAsync(issuer.Settings());

        AssertWrong(run, "acme", $"names another issuer than {issuer.Issuer}", "correct Cambio:Providers:acme:Definition:Issuer");
    }

    [Fact]
    public async Task Another_issuer_is_told_where_every_address_is_written_down_too()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Document["issuer"] = "https://login.example.com";

        IEnumerable<string> written = ["AuthorizationEndpoint", "TokenEndpoint", "JwksUri", "Userinfo:profile:Url"];

        CommandRun run = await RunAsync([.. issuer.Settings(), .. written.Select(key => $"--Cambio:Providers:acme:Definition:{key}={issuer.Issuer}/jwks")]);

        AssertWrong(run, "acme", $"names another issuer than {issuer.Issuer}", "correct Cambio:Providers:acme:Definition:Issuer");
    }

    [Fact]
    public async Task What_is_no_discovery_document_is_told_with_the_fix()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Document["authorization_endpoint"] = "http://login.example.com/authorize";

        AssertWrong(await RunAsync(issuer.Settings()), "acme", "names addresses that must not be called");
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"AA"}]}""")]
    [InlineData("""{}""")]
    public async Task Keys_that_verify_nothing_are_told_with_the_fix(string keys)
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Keys = keys;

        CommandRun run = await RunAsync(issuer.Settings());

        AssertWrong(run, "acme", $"{issuer.Issuer}/jwks holds no key for RS256, ES256: see that the provider publishes its signing keys there");
    }

    [Fact]
    public async Task A_key_for_another_algorithm_is_none()
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Keys = TestKey.Document(TestKey.Ec("one", "ES384"));

        AssertWrong(await RunAsync(issuer.Settings()), "acme", "holds no key for RS256, ES256");
    }

    [Theory]
    [InlineData(300, "seconds behind the provider's")]
    [InlineData(-300, "seconds ahead of the provider's")]
    public async Task A_clock_that_is_off_is_told_with_the_fix(int ahead, string said)
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();
        issuer.Ahead = TimeSpan.FromSeconds(ahead);

        AssertWrong(await RunAsync(issuer.Settings()), "acme", said, "synchronise the clock");
    }

    [Fact]
    public async Task What_else_stops_the_start_is_told_too()
    {
        CommandRun run = await RunAsync("--Cambio:Tokens:AccessTokenLifetime=10.00:00:00", "--Cambio:Providers:gitlab:Enabled=false");

        AssertWrong(run, "settings", "Cambio:Tokens:AccessTokenLifetime");
        Assert.StartsWith("off ", run.Line("gitlab"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Cambio:Http:Timeout=-00:00:05", "Cambio:Http:Timeout must be between")]
    [InlineData("--Cambio:Http:Simulator=ftp://127.0.0.1", "Cambio:Http:Simulator is not the base address")]
    public async Task A_setting_that_the_examination_itself_needs_is_told_like_any_other(string setting, string said)
    {
        await using OpenIdIssuer issuer = await OpenIdIssuer.StartAsync();

        CommandRun run = await RunAsync(["--environment=Development", setting, .. issuer.Settings()]);

        AssertWrong(run, "settings", said);
        Assert.StartsWith("ok ", run.Line("acme"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_sandbox_plays_is_one_line()
    {
        CommandRun run = await RunAsync("--environment=Development", "--Cambio:Sandbox:Enabled=true", "--Cambio:Providers:github:Scope=user");

        Assert.Equal(2, run.Lines.Length);
        Assert.StartsWith($"ok     sandbox  Plays {new ProviderCatalog().Ids.Count} providers ", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Without_a_provider_it_says_how_to_have_one()
    {
        CommandRun run = await RunAsync();

        Assert.Contains("Cambio:Providers:{id}:ClientId", run.Line("providers"), StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    private static Task<CommandRun> RunAsync(params string[] settings) => CommandRun.Of(["doctor", Address, .. settings]);

    private static void AssertWrong(CommandRun run, string subject, params string[] said)
    {
        string line = run.Line(subject);
        Assert.StartsWith("wrong ", line, StringComparison.Ordinal);
        Assert.All(said, text => Assert.Contains(text, line, StringComparison.Ordinal));
        Assert.DoesNotContain("hush-hush", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    // Each way of finding and proving things once, whatever the catalogue holds; a first sign-in makes the keys, which take their time.
    private static IEnumerable<FakeProvider> OneOfEachKind(FakeProviders fakes)
    {
        IEnumerable<FakeProvider> one = fakes.Simulator.Ids.Select(id => fakes[id]).DistinctBy(fake => fake.Definition is var d
            ? (d.Issuer is null, d.JwksUri is null, d.TokenEndpoint is null, d.IdToken is null, d.Variables.Count > 0, d.Quirk, d.AccessTokenProof?.Kind)
            : default);
        foreach (FakeProvider fake in one)
        {
            fake.Mint("ada");
            yield return fake;
        }
    }

    private static IEnumerable<string> Settings(FakeProvider fake) =>
    [
        $"--Cambio:Providers:{fake.Id}:ClientId={fake.ClientId}",
        $"--Cambio:Providers:{fake.Id}:ClientSecret={fake.ClientSecret}",
        .. fake.Variables.Select(variable => $"--Cambio:Providers:{fake.Id}:{variable.Key}={variable.Value}"),
    ];

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
