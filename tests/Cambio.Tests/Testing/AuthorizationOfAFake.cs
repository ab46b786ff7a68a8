using System.Text.Json.Nodes;
using Cambio.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Cambio.Tests.Testing;

/// <summary>The authorization endpoint without its page: what is checked there, and what goes back.</summary>
public sealed class AuthorizationOfAFake
{
    private readonly ProviderSimulator simulator = Ask.Catalogue();

    private FakeProvider Google => simulator["google"];

    [Fact]
    public void A_user_comes_back_with_a_code_the_state_and_the_issuer()
    {
        var request = new HandmadeRequest(Google);
        AuthorizationCallback callback = Google.Authorize(request.Url, "ada");

        Assert.Null(callback.Form);
        Assert.StartsWith(request.RedirectUri + "&code=", callback.Address, StringComparison.Ordinal);
        Assert.Equal(["code", "state", "iss"], callback.Parameters.Keys);
        Assert.Equal(request.State, callback.Parameters["state"]);
        Assert.Equal("https://accounts.google.com", callback.Parameters["iss"]);
        Assert.Equal(callback.Parameters["code"], QueryHelpers.ParseQuery(new Uri(callback.Address).Query)["code"]);
    }

    [Fact]
    public async Task Its_code_is_redeemed_once_and_only_with_what_the_request_said()
    {
        var request = new HandmadeRequest(Google);
        MintedCredentials Authorized() => request.Credentials(Google.Authorize(request.Url, "ada"));
        Task<Reply> RedeemAsync(MintedCredentials minted, params (string, string?)[] changes) =>
            simulator.Post("https://oauth2.googleapis.com/token", minted.Redemption(Google, changes));
        MintedCredentials good = Authorized();
        Reply first = await RedeemAsync(good);
        JsonObject claims = Ask.Claims(first["id_token"]!);

        Assert.Equal(200, first.Status);
        Assert.Equal("ada@google.example", (string?)claims["email"]);
        Assert.Equal(request.Nonce, (string?)claims["nonce"]);
        Assert.Equal("invalid_grant", (await RedeemAsync(good))["error"]);
        Assert.Equal("invalid_grant", (await RedeemAsync(Authorized(), ("code_verifier", "another-verifier-of-at-least-forty-three-characters")))["error"]);
        Assert.Equal("invalid_grant", (await RedeemAsync(Authorized(), ("redirect_uri", "https://api.example.com/auth/y/callback")))["error"]);
        Assert.Equal("invalid_client", (await RedeemAsync(Authorized(), ("client_secret", "guess")))["error"]);
    }

    [Theory]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", null)]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "")]
    [InlineData("redirect_uri", "/callback")]
    [InlineData("redirect_uri", "//app.example.com/callback")]
    [InlineData("redirect_uri", "http://app.example.com/callback")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    [InlineData("redirect_uri", "data:text/html,x")]
    [InlineData("redirect_uri", "https://app.example.com/callback#x")]
    [InlineData("redirect_uri", "https://app.example.com/callback\r\nx: y")]
    [InlineData("redirect_uri", "https://ada@app.example.com/callback")]
    [InlineData("redirect_uri", "https://app.example.com\\@evil.example/")]
    [InlineData("redirect_uri", "https://bücher.example/callback")]
    public async Task Nothing_goes_back_when(string parameter, string? value)
    {
        string url = new HandmadeRequest(Google).With(parameter, value).Url;
        Page page = await simulator.Open(url);

        Assert.Equal((400, null), (page.Status, page.Location));
        Assert.Contains(parameter, page.Text, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Google.Authorize(url, "ada"));
        Assert.Throws<ArgumentException>(() => Google.Deny(url));
    }

    [Theory]
    [InlineData("client_id=google-client")]
    [InlineData("redirect_uri=https://evil.example/")]
    public async Task Nothing_goes_back_when_it_is_told_twice(string more) =>
        Assert.Equal((400, null), await simulator.Open($"{new HandmadeRequest(Google).Url}&{more}") is var page ? (page.Status, page.Location) : default);

    [Theory]
    [InlineData("google", "state", null, "invalid_request")]
    [InlineData("google", "response_type", null, "invalid_request")]
    [InlineData("google", "response_type", "token", "unsupported_response_type")]
    [InlineData("google", "response_type", "code id_token", "unsupported_response_type")]
    [InlineData("google", "response_mode", "form_post", "invalid_request")]
    [InlineData("google", "response_mode", "fragment", "invalid_request")]
    [InlineData("google", "scope", null, "invalid_scope")]
    [InlineData("google", "scope", "email profile", "invalid_scope")]
    [InlineData("google", "scope", "openid,email", "invalid_scope")]
    [InlineData("google", "scope", "openid  email", "invalid_scope")]
    [InlineData("google", "code_challenge", null, "invalid_request")]
    [InlineData("google", "code_challenge", "short", "invalid_request")]
    [InlineData("google", "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", "invalid_request")]
    [InlineData("google", "code_challenge_method", null, "invalid_request")]
    [InlineData("google", "code_challenge_method", "plain", "invalid_request")]
    [InlineData("google", "nonce", null, "invalid_request")]
    [InlineData("google", "prompt", "none", "login_required")]
    [InlineData("google", "prompt", "none consent", "invalid_request")]
    [InlineData("google", "client_secret", "x", "invalid_request")]
    [InlineData("wechat", "secret", "x", "invalid_request")]
    [InlineData("wechat", "scope", "snsapi_login snsapi_base", "invalid_scope")]
    [InlineData("linkedin", "nonce", "x", "invalid_request")]
    [InlineData("linkedin", "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "invalid_request")]
    [InlineData("linkedin", "code_challenge_method", "S256", "invalid_request")]
    [InlineData("alipay", "response_type", "code", "invalid_request")]
    [InlineData("wecom", "scope", "x", "invalid_request")]
    [InlineData("wecom", "agentid", "7", "invalid_request")]
    [InlineData("notion", "owner", null, "invalid_request")]
    [InlineData("netid", "claims", "{}", "invalid_request")]
    [InlineData("apple", "response_mode", null, "invalid_request")]
    [InlineData("apple", "response_mode", "query", "invalid_request")]
    public void An_error_goes_back_when(string id, string parameter, string? value, string error)
    {
        FakeProvider fake = simulator[id];
        var request = new HandmadeRequest(fake).With(parameter, value);
        AuthorizationCallback callback = fake.Authorize(request.Url, "ada");

        Assert.Equal(error, callback.Parameters["error"]);
        Assert.Equal(parameter == "state" ? null : request.State, callback.Parameters.GetValueOrDefault("state"));
        Assert.DoesNotContain("code", callback.Parameters.Keys);
    }

    [Fact]
    public void A_secret_under_any_name_is_refused() =>
        Assert.Equal("invalid_request", Google.Authorize(new HandmadeRequest(Google).With("hint", Google.ClientSecret).Url, "ada").Parameters["error"]);

    [Fact]
    public void A_state_that_is_there_twice_does_not_go_back()
    {
        AuthorizationCallback callback = Google.Authorize($"{new HandmadeRequest(Google).Url}&state=other", "ada");

        Assert.Equal("invalid_request", callback.Parameters["error"]);
        Assert.DoesNotContain("state", callback.Parameters.Keys);
    }

    [Theory]
    [InlineData("google", "login_hint", "ada@example.com")]
    [InlineData("google", "prompt", "select_account")]
    [InlineData("google", "response_mode", "query")]
    [InlineData("google", "scope", "openid https://www.googleapis.com/auth/calendar.readonly")]
    [InlineData("google", "redirect_uri", "http://127.0.0.1:5080/auth/google/callback")]
    [InlineData("google", "redirect_uri", "http://localhost/auth/google/callback")]
    [InlineData("google", "redirect_uri", "http://[::1]:5080/auth/google/callback")]
    [InlineData("linkedin", "ui_locales", "de")]
    public void A_code_goes_back_with(string id, string parameter, string value) =>
        Assert.Contains("code", simulator[id].Authorize(new HandmadeRequest(simulator[id]).With(parameter, value).Url, "ada").Parameters.Keys);

    [Fact]
    public void A_user_who_denies_comes_back_with_that()
    {
        var request = new HandmadeRequest(Google);
        AuthorizationCallback callback = Google.Deny(request.Url);

        Assert.Equal("access_denied", callback.Parameters["error"]);
        Assert.Equal(request.State, callback.Parameters["state"]);
        Assert.Equal("https://accounts.google.com", callback.Parameters["iss"]);
    }

    [Fact]
    public async Task Who_it_is_from_is_said_and_announced_together()
    {
        const string Metadata = "https://accounts.google.com/.well-known/openid-configuration";
        Assert.Equal("true", (await simulator.Get(Metadata))["authorization_response_iss_parameter_supported"]);
        Google.SendsIssuer = false;

        Assert.Null((await simulator.Get(Metadata))["authorization_response_iss_parameter_supported"]);
        Assert.DoesNotContain("iss", Google.Authorize(new HandmadeRequest(Google).Url, "ada").Parameters.Keys);
        Assert.DoesNotContain("iss", Google.Deny(new HandmadeRequest(Google).Url).Parameters.Keys);
    }

    [Fact]
    public void Who_has_no_issuer_says_none() =>
        Assert.Equal(["code", "state"], simulator["github"].Authorize(new HandmadeRequest(simulator["github"]).Url, "ada").Parameters.Keys);

    [Fact]
    public void A_form_is_posted_with_the_users_name_beside_the_code()
    {
        FakeProvider apple = simulator["apple"];
        var request = new HandmadeRequest(apple);
        AuthorizationCallback callback = apple.Authorize(request.Url, "ada");

        Assert.Equal(request.RedirectUri, callback.Address);
        Assert.Equal(["code", "state", "iss", "user"], callback.Form!.Keys);
        Assert.Equal("Ada", (string?)JsonNode.Parse(callback.Form["user"])!["name"]!["firstName"]);
        Assert.Equal("access_denied", apple.Deny(request.Url).Form!["error"]);
    }

    [Fact]
    public void A_code_can_have_another_name() =>
        Assert.Equal(["auth_code", "state"], simulator["alipay"].Authorize(new HandmadeRequest(simulator["alipay"]).Url, "ada").Parameters.Keys);

    [Fact]
    public void What_a_provider_wants_back_stands_beside_the_code() =>
        Assert.Contains("device_id", simulator["vkid"].Authorize(new HandmadeRequest(simulator["vkid"]).Url, "ada").Parameters.Keys);

    [Fact]
    public async Task Who_it_is_can_be_chosen_to_the_case()
    {
        var request = new HandmadeRequest(Google);
        AuthorizationCallback callback = Google.Authorize(request.Url, new AuthorizeOptions { User = "ada", Email = "ada@lovelace.example", EmailVerified = false, SessionId = "s1" });
        Reply reply = await simulator.Post("https://oauth2.googleapis.com/token", request.Credentials(callback).Redemption(Google));
        JsonObject claims = Ask.Claims(reply["id_token"]!);

        Assert.Equal(("ada@lovelace.example", false, "s1"), ((string?)claims["email"], (bool)claims["email_verified"]!, (string?)claims["sid"]));
        Assert.Throws<ArgumentException>(() => Google.Authorize(request.Url, new AuthorizeOptions { Case = "nobody" }));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080/sandbox/")]
    [InlineData("http://127.0.0.1:5080/")]
    [InlineData("https://tests.example/a/b/c/")]
    public void The_address_may_be_that_of_a_simulator(string root)
    {
        string url = new HandmadeRequest(Google).Url.Replace("https://", root, StringComparison.Ordinal);
        Assert.Contains("code", Google.Authorize(url, "ada").Parameters.Keys);
    }

    [Theory]
    [InlineData("google", "https://accounts.google.com/")]
    [InlineData("google", "https://github.com/login/oauth/authorize")]
    [InlineData("google", "nonsense")]
    [InlineData("google", "")]
    [InlineData("wechatminiprogram", "https://api.weixin.qq.com/authorize")]
    public void An_address_where_nobody_signs_in_is_a_mistake_of_the_test(string id, string url) =>
        Assert.Throws<ArgumentException>(() => simulator[id].Authorize(url, "ada"));
}
