using System.Text.Json;
using Cambio.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.EndToEnd;

/// <summary>The newcomer's way: the sandbox mints, the server exchanges, the bearer works.</summary>
public sealed class SandboxTests
{
    private static readonly KeyValuePair<string, string?>[] SandboxOn = [new("Cambio:Sandbox:Enabled", "true")];

    [Fact]
    public async Task Every_provider_is_exchanged_by_every_credential_that_it_accepts()
    {
        await using CambioHost host = CambioHost.Start(SandboxOn);
        IReadOnlyList<Provider> providers = host.Services.GetRequiredService<ProviderRegistry>().All;
        Assert.True(providers.Count >= 200, $"{providers.Count} providers are on.");
        var failures = new List<string>();
        foreach (Provider provider in providers)
        {
            string? account = null;
            foreach (string kind in provider.Accepts)
            {
                Answer answer = await host.ExchangeAsync(provider.Id, Body(kind, await MintAsync(host, provider.Id, "ada")));
                if (answer.Status != 200)
                {
                    failures.Add($"{provider.Id} {kind}: {answer.Reason}");
                    continue;
                }

                Answer me = await host.GetAsync("/auth/me", answer.AccessToken);
                Assert.True(me.Status == 200, $"{provider.Id} {kind}: {me.Text}");
                Assert.Equal(answer.Json.GetProperty("user").GetRawText(), me.Text);
                Assert.Equal((provider.Id, kind, account ??= answer.UserId), (provider.Id, kind, answer.UserId));
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task Every_button_asks_for_its_scopes_the_way_that_its_provider_reads_them()
    {
        await using CambioHost host = CambioHost.Start(SandboxOn);
        Dictionary<string, JsonElement> buttons = (await host.GetAsync("/auth/providers")).Json.GetProperty("providers").EnumerateArray()
            .ToDictionary(button => button.GetProperty("id").GetString()!);
        foreach (string id in Catalog.Folders.Ids)
        {
            AuthorizationRequestDefinition request = Catalog.Folders.Definition(id).Definition!.Authorization;
            string? expected = request.Scope.Count == 0 ? null : string.Join(request.ScopeSeparator, request.Scope);
            string? scope = buttons[id].TryGetProperty("scope", out JsonElement written) ? written.GetString() : null;
            Assert.Equal((id, expected), (id, scope));
        }
    }

    [Fact]
    public async Task Eight_providers_take_what_their_audience_can_be_proven_for()
    {
        await using CambioHost host = CambioHost.Start(SandboxOn);
        Answer answer = await host.GetAsync("/auth/providers");
        Dictionary<string, string> accepts = answer.Json.GetProperty("providers").EnumerateArray().ToDictionary(
            p => p.GetProperty("id").GetString()!, p => string.Join(' ', p.GetProperty("accepts").EnumerateArray().Select(a => a.GetString())));
        Assert.Equal("code id_token access_token", accepts["google"]);
        Assert.Equal("code id_token access_token", accepts["facebook"]);
        Assert.Equal("code access_token", accepts["github"]);
        Assert.Equal("code id_token", accepts["microsoft"]);
        Assert.Equal("code id_token", accepts["apple"]);
        Assert.Equal("code id_token access_token", accepts["gitlab"]);
        Assert.Equal("code access_token", accepts["discord"]);
        Assert.Equal("code id_token access_token", accepts["linkedin"]);
    }

    [Theory]
    [InlineData("microsoft")]
    [InlineData("apple")]
    public async Task Refuses_an_access_token_that_nobody_can_prove_without_asking_the_provider(string provider)
    {
        await using CambioHost host = CambioHost.Start(SandboxOn);
        Answer answer = await host.ExchangeAsync(provider, ("access_token", "any-token"));
        Assert.Equal((403, "credential_not_accepted", "no_audience_proof"), (answer.Status, answer.Error, answer.Reason));
    }

    [Fact]
    public async Task The_same_name_is_the_same_person_and_another_name_another_with_an_address_of_its_own()
    {
        await using CambioHost host = CambioHost.Start(SandboxOn);
        Answer ada = await ExchangeAccessTokenAsync(host, "google", "ada");
        Answer again = await ExchangeAccessTokenAsync(host, "google", "ada");
        Answer grace = await ExchangeAccessTokenAsync(host, "google", "grace hopper");
        Assert.Equal(ada.UserId, again.UserId);
        Assert.True(ada.Json.GetProperty("is_new_user").GetBoolean());
        Assert.False(again.Json.GetProperty("is_new_user").GetBoolean());
        Assert.NotEqual(ada.UserId, grace.UserId);
        Assert.NotEqual(ada.Json.GetProperty("user").GetProperty("email").GetString(), grace.Json.GetProperty("user").GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_token_minted_for_one_provider_is_worth_nothing_at_another()
    {
        await using CambioHost host = CambioHost.Start(SandboxOn);
        JsonElement minted = await MintAsync(host, "google", "ada");
        Dictionary<string, long> before = host.Rows();
        foreach (string other in new[] { "facebook", "github", "gitlab", "discord", "linkedin" })
        {
            Answer answer = await host.ExchangeAsync(other, ("access_token", minted.GetProperty("access_token").GetString()));
            Assert.Equal((other, 400, "invalid_grant"), (other, answer.Status, answer.Error));
        }

        Assert.Equal(before, host.Rows());
    }

    [Fact]
    public async Task Refreshing_rotates_and_a_stolen_refresh_token_ends_the_family()
    {
        await using CambioHost host = CambioHost.Start(SandboxOn);
        Answer answer = await ExchangeAccessTokenAsync(host, "google", "ada");
        string? first = answer.Json.GetProperty("refresh_token").GetString();
        Answer refreshed = await host.PostFormAsync("/auth/token", ("grant_type", "refresh_token"), ("refresh_token", first));
        Assert.Equal(200, refreshed.Status);
        string? second = refreshed.Json.GetProperty("refresh_token").GetString();
        Assert.NotEqual(first, second);
        Assert.Equal(200, (await host.PostFormAsync("/auth/token", ("grant_type", "refresh_token"), ("refresh_token", second))).Status);

        // The successor of the first was used, so the first is not a retry but a theft.
        Answer reused = await host.PostFormAsync("/auth/token", ("grant_type", "refresh_token"), ("refresh_token", first));
        Assert.Equal((400, "invalid_grant"), (reused.Status, reused.Error));
    }

    internal static async Task<JsonElement> MintAsync(CambioHost host, string provider, string user) =>
        (await host.PostFormAsync($"/sandbox/{provider}", ("user", user))).Json;

    internal static async Task<Answer> ExchangeAccessTokenAsync(CambioHost host, string provider, string user) =>
        await host.ExchangeAsync(provider, Body("access_token", await MintAsync(host, provider, user)));

    internal static (string, string?)[] Body(string kind, JsonElement minted)
    {
        string? Of(string name) => minted.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
        return kind switch
        {
            // Whatever else came is the provider's own, and goes back with the code.
            "code" => [.. minted.EnumerateObject().Where(m => m.Name is not ("access_token" or "id_token")).Select(m => (m.Name, m.Value.GetString()))],
            "id_token" => [("id_token", Of("id_token")), ("nonce", Of("nonce"))],
            _ => [(kind, Of(kind))],
        };
    }
}
