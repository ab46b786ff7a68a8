using System.Text.Json;
using Cambio.Tests.EndToEnd;

namespace Cambio.Tests.Interop;

/// <summary>A certified OpenID Provider that others wrote, known to us by settings alone.</summary>
public sealed class OidcProviderTests(OidcProvider op) : IClassFixture<OidcProvider>
{
    [Fact]
    public async Task Exchanges_a_code()
    {
        await using CambioHost host = Start();
        OidcProvider.Code code = await op.AuthorizeAsync("cambio", "ada");
        Answer answer = await host.ExchangeAsync("acme", ("code", code.Value), ("redirect_uri", code.RedirectUri), ("code_verifier", code.Verifier), ("nonce", code.Nonce));
        AssertIsAda(answer);
        AssertIsAda(await host.GetAsync("/auth/me", answer.AccessToken), "$");
    }

    [Fact]
    public async Task Exchanges_an_id_token()
    {
        await using CambioHost host = Start();
        OidcProvider.Code code = await op.AuthorizeAsync("cambio", "ada");
        JsonElement tokens = await op.RedeemAsync("cambio", code);
        Answer answer = await host.ExchangeAsync("acme", ("id_token", tokens.GetProperty("id_token").GetString()), ("nonce", code.Nonce));
        Assert.Equal(200, answer.Status);
        Assert.Equal("ada", answer.Json.GetProperty("login").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Exchanges_an_access_token_proven_by_introspection()
    {
        await using CambioHost host = Start();
        JsonElement tokens = await op.RedeemAsync("cambio", await op.AuthorizeAsync("cambio", "ada"));
        AssertIsAda(await host.ExchangeAsync("acme", ("access_token", tokens.GetProperty("access_token").GetString())));
    }

    [Fact]
    public async Task Leads_all_three_credentials_to_one_account()
    {
        await using CambioHost host = Start();
        OidcProvider.Code first = await op.AuthorizeAsync("cambio", "grace");
        Answer byCode = await host.ExchangeAsync("acme", ("code", first.Value), ("redirect_uri", first.RedirectUri), ("code_verifier", first.Verifier), ("nonce", first.Nonce));
        OidcProvider.Code second = await op.AuthorizeAsync("cambio", "grace");
        JsonElement tokens = await op.RedeemAsync("cambio", second);
        Answer byIdToken = await host.ExchangeAsync("acme", ("id_token", tokens.GetProperty("id_token").GetString()), ("nonce", second.Nonce));
        Answer byAccessToken = await host.ExchangeAsync("acme", ("access_token", tokens.GetProperty("access_token").GetString()));
        Assert.Equal([byCode.UserId], new[] { byCode.UserId, byIdToken.UserId, byAccessToken.UserId }.Distinct());
        Assert.True(byCode.Json.GetProperty("is_new_user").GetBoolean());
        Assert.False(byAccessToken.Json.GetProperty("is_new_user").GetBoolean());
    }

    [Theory]
    [InlineData("access_token", "audience_mismatch")]
    [InlineData("id_token", "audience_mismatch")]
    public async Task Refuses_a_token_issued_to_another_client(string kind, string reason)
    {
        await using CambioHost host = Start();
        Dictionary<string, long> before = host.Rows();
        JsonElement tokens = await op.RedeemAsync("other", await op.AuthorizeAsync("other", "ada"));
        Answer answer = await host.ExchangeAsync("acme", (kind, tokens.GetProperty(kind).GetString()));
        Assert.Equal((400, "invalid_grant", reason), (answer.Status, answer.Error, answer.Reason));
        Assert.Equal(before, host.Rows());
    }

    [Fact]
    public async Task Refuses_a_code_of_another_client_and_a_code_used_twice()
    {
        await using CambioHost host = Start();
        OidcProvider.Code foreign = await op.AuthorizeAsync("other", "ada");
        Answer refused = await host.ExchangeAsync("acme", ("code", foreign.Value), ("redirect_uri", foreign.RedirectUri), ("code_verifier", foreign.Verifier));
        Assert.Equal((400, "invalid_grant"), (refused.Status, refused.Error));

        OidcProvider.Code mine = await op.AuthorizeAsync("cambio", "ada");
        (string, string?)[] body = [("code", mine.Value), ("redirect_uri", mine.RedirectUri), ("code_verifier", mine.Verifier)];
        Assert.Equal(200, (await host.ExchangeAsync("acme", body)).Status);
        Assert.Equal((400, "invalid_grant"), await host.ExchangeAsync("acme", body) is var again ? (again.Status, again.Error) : default);
    }

    [Fact]
    public async Task Refuses_an_id_token_a_second_time()
    {
        await using CambioHost host = Start();
        OidcProvider.Code code = await op.AuthorizeAsync("cambio", "ada");
        JsonElement tokens = await op.RedeemAsync("cambio", code);
        (string, string?)[] body = [("id_token", tokens.GetProperty("id_token").GetString()), ("nonce", code.Nonce)];
        Assert.Equal(200, (await host.ExchangeAsync("acme", body)).Status);
        Answer again = await host.ExchangeAsync("acme", body);
        Assert.Equal((400, "invalid_grant", "credential_replayed"), (again.Status, again.Error, again.Reason));
    }

    private CambioHost Start() => CambioHost.Start(new Dictionary<string, string?>
    {
        ["Cambio:Providers:acme:ClientId"] = "cambio",
        ["Cambio:Providers:acme:ClientSecret"] = OidcProvider.Secret("cambio"),
        ["Cambio:Providers:acme:Definition:Issuer"] = op.Issuer,
        ["Cambio:Providers:acme:Definition:Token:Auth"] = "client_secret_basic",
        ["Cambio:Providers:acme:Definition:AccessTokenProof:Kind"] = "introspection",
    });

    private static void AssertIsAda(Answer answer, string userAt = "user")
    {
        Assert.True(answer.Status == 200, answer.Text);
        JsonElement user = userAt == "$" ? answer.Json : answer.Json.GetProperty(userAt);
        Assert.Equal("ada of Interop", user.GetProperty("name").GetString());
        Assert.Equal("ada@interop.example", user.GetProperty("email").GetString());
        Assert.True(user.GetProperty("email_verified").GetBoolean());
    }
}
