using System.Collections.Frozen;
using System.Text.Json;
using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Endpoints;
using Cambio.Providers;
using Cambio.Tests.Providers;

namespace Cambio.Tests.AspNetCore;

public sealed class ProvidersEndpointTests : IDisposable
{
    private readonly Outbound outbound = new();

    [Fact]
    public async Task A_button_has_what_a_page_needs_to_send_somebody_there()
    {
        JsonElement button = await ShowAsync(Acme(new() { Name = "Acme & Sons", AuthorizationEndpoint = "https://{host}/authorize" }));

        Assert.Equal(["id", "name", "accepts", "client_id", "authorization_endpoint", "scope", "icon"], button.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("acme", button.GetProperty("id").GetString());
        Assert.Equal("Acme & Sons", button.GetProperty("name").GetString());
        Assert.Equal("client-1", button.GetProperty("client_id").GetString());
        Assert.Equal(["code", "id_token"], button.GetProperty("accepts").EnumerateArray().Select(static kind => kind.GetString()));
        Assert.Equal("https://login.acme.example/authorize", button.GetProperty("authorization_endpoint").GetString());
        Assert.Equal("openid email", button.GetProperty("scope").GetString());
        Assert.StartsWith("data:image/svg+xml,", button.GetProperty("icon").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_are_written_as_the_provider_reads_them()
    {
        var definition = new ProviderDefinition { Name = "Acme", Authorization = new() { ScopeSeparator = "," } };

        Assert.Equal("openid,email", (await ShowAsync(Acme(definition))).GetProperty("scope").GetString());
    }

    [Fact]
    public async Task A_simulated_provider_is_signed_in_to_at_the_simulator() => Assert.Equal(
        "http://127.0.0.1:9000/sim/login.acme.example/authorize",
        (await ShowAsync(Acme(new() { Name = "Acme", AuthorizationEndpoint = "https://{host}/authorize" }, new Uri("http://127.0.0.1:9000/sim"))))
            .GetProperty("authorization_endpoint").GetString());

    [Fact]
    public async Task A_provider_known_by_its_issuer_is_asked_for_its_address()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync();
        string issuer = server.Address.OriginalString.TrimEnd('/');
        server.AnswerWith($$"""{"issuer":"{{issuer}}","authorization_endpoint":"{{issuer}}/oauth/authorize"}""");

        Assert.Equal($"{issuer}/oauth/authorize", (await ShowAsync(Acme(new() { Name = "Acme", Issuer = issuer }))).GetProperty("authorization_endpoint").GetString());
    }

    [Fact]
    public async Task A_provider_that_is_down_keeps_its_button_without_the_address()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync();
        server.AnswerWith("down", status: 503);

        JsonElement button = await ShowAsync(Acme(new() { Name = "Acme", Issuer = server.Address.OriginalString.TrimEnd('/') }));

        Assert.False(button.TryGetProperty("authorization_endpoint", out _));
        Assert.Equal("acme", button.GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_list_has_the_enabled_providers_in_order_of_id()
    {
        await using DoorHost host = await DoorHost.StartAsync(new Dictionary<string, string?>(Setup.Pairs("""
            own:ClientId=client-2
            own:ClientSecret=s3cret
            own:Definition:Name=Own
            own:Definition:Issuer=https://id.own.example
            own:Definition:AuthorizationEndpoint=https://id.own.example/authorize
            own:Definition:IdToken:Nonce=exact
            acme:ClientId=client-1
            acme:ClientSecret=s3cret
            acme:Definition:Name=Acme
            acme:Definition:AuthorizationEndpoint=https://acme.example/authorize
            acme:Definition:TokenEndpoint=https://acme.example/token
            acme:Definition:Userinfo:profile:Url=https://acme.example/me
            """)));

        HttpResponseMessage answer = await host.GetAsync("/auth/providers");

        Answer.AssertNotKept(answer);
        JsonElement[] providers = [.. (await answer.JsonAsync()).GetProperty("providers").EnumerateArray()];
        Assert.Equal(["acme", "own"], providers.Select(static provider => provider.GetProperty("id").GetString()));
        Assert.Equal(["client-1", "client-2"], providers.Select(static provider => provider.GetProperty("client_id").GetString()));
    }

    [Fact]
    public async Task No_secret_is_shown() => Assert.DoesNotContain(
        "s3cret", (await ShowAsync(Acme(new() { Name = "Acme" }))).GetRawText(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Acme", "%3EA%3C")]
    [InlineData("<script>", "%3E%26lt%3B%3C")]
    [InlineData("\U0001F600", "%3E%26%23128512%3B%3C")]
    public void An_icon_is_the_first_letter_and_never_markup(string name, string shown) =>
        Assert.Contains(shown, Monogram.Of(name), StringComparison.OrdinalIgnoreCase);

    public void Dispose() => outbound.Dispose();

    private async Task<JsonElement> ShowAsync(Provider provider)
    {
        ProviderButton button = await ProvidersEndpoint.ToButtonAsync(provider, new ProviderMetadata(outbound.Http, outbound.Time), CancellationToken.None);
        return JsonSerializer.SerializeToElement(new ProvidersAnswer([button]), AnswerJson.Default.ProvidersAnswer).GetProperty("providers")[0];
    }

    private static Provider Acme(ProviderDefinition definition, Uri? simulator = null) => new()
    {
        Id = "acme",
        Definition = definition,
        ClientId = "client-1",
        ClientSecret = "s3cret",
        Audiences = FrozenSet.Create("client-1"),
        Accepts = ["code", "id_token"],
        Scope = ["openid", "email"],
        EmailTrust = [],
        Variables = new Dictionary<string, string> { ["host"] = "login.acme.example" }.ToFrozenDictionary(),
        Simulator = simulator,
    };
}
