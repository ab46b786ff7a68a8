using Cambio.AspNetCore.FrontEnd;
using Cambio.AspNetCore.Redirect;
using Cambio.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.AspNetCore.Redirect;

public sealed class StartParametersTests
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Code = $"return_url=https%3A%2F%2Fapp.example.com%2Fcb&code_challenge={Challenge}";
    private const string Popup = $"mode=popup&origin=https%3A%2F%2Fapp.example.com&code_challenge={Challenge}";
    private const string Cookie = "mode=cookie&return_url=https%3A%2F%2Fapp.example.com%2Fcb";

    [Fact]
    public void All_of_it_is_read()
    {
        StartParameters asked = Read(
            $"{Code}&code_challenge_method=S256&mode=code&state=a%20b%22%7E&login_hint=ad%C3%A1%40example.com&prompt=login+select_account&ui_locales=fr-CA%20fr&scope=a%20b&link_ticket=t&unknown=x").Value!;

        Assert.Equal((RedirectMode.Code, "https://app.example.com/cb", Challenge, "a b\"~"), (asked.Mode, asked.ReturnUrl, asked.CodeChallenge, asked.State));
        Assert.Equal(("adá@example.com", "login select_account", "fr-CA fr", "t"), (asked.LoginHint, asked.Prompt, asked.UiLocales, asked.LinkTicket));
        Assert.Equal(["a", "b"], asked.Scope);
        Assert.DoesNotContain("example", $"{asked}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Code, "Code", "https://app.example.com/cb", Challenge)]
    [InlineData($"{Code}&state=&login_hint=&prompt=&scope=&mode=&code_challenge_method=", "Code", "https://app.example.com/cb", Challenge)]
    [InlineData("&&" + Code + "&", "Code", "https://app.example.com/cb", Challenge)]
    [InlineData(Popup, "Popup", "https://app.example.com", Challenge)]
    [InlineData(Cookie, "Cookie", "https://app.example.com/cb", null)]
    [InlineData($"{Cookie}&code_challenge={Challenge}&code_challenge_method=S256", "Cookie", "https://app.example.com/cb", null)]
    [InlineData($"{Cookie}&code_challenge=short&code_challenge_method=plain", "Cookie", "https://app.example.com/cb", null)]
    public void Each_mode_takes_what_it_needs(string query, string mode, string address, string? challenge)
    {
        StartParameters asked = Read(query).Value!;

        Assert.Equal((mode, address, challenge), (asked.Mode.ToString(), asked.ReturnUrl, asked.CodeChallenge));
        Assert.Equal((null, null, null, null), (asked.State, asked.LoginHint, asked.Prompt, asked.LinkTicket));
        Assert.Empty(asked.Scope);
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "return_url is missing" },
        { Popup.Replace("&origin=https%3A%2F%2Fapp.example.com", "", StringComparison.Ordinal), "origin is missing" },
        { $"{Popup}&return_url=https%3A%2F%2Fapp.example.com%2Fcb", "mode=popup has no return_url" },
        { $"{Code}&origin=https%3A%2F%2Fapp.example.com", "origin belongs to mode=popup" },
        { $"{Cookie}&origin=https%3A%2F%2Fapp.example.com", "origin belongs to mode=popup" },
        { $"{Code}&mode=token", "mode must be" },
        { $"{Code}&mode=Code", "mode must be" },
        { $"{Code}&return_url=https%3A%2F%2Fapp.example.com%2Fcb", "each name once" },
        { $"{Code}&Return_Url=https%3A%2F%2Fapp.example.com%2Fcb", "each name once" },
        { $"{Code}&unknown=1&unknown=2", "each name once" },
        { $"{Code}&a=%FF", "percent-encoded UTF-8" },
        { $"{Code}&a=%C3%28", "percent-encoded UTF-8" },
        { $"{Code}&a=%zz", "percent-encoded UTF-8" },
        { $"{Code}&a=%", "percent-encoded UTF-8" },
        { $"{Code}&%FF=a", "percent-encoded UTF-8" },
        { $"{Code}&State=x", "state is written in lower case" },
        { Code.Replace("return_url", "RETURN_URL", StringComparison.Ordinal), "return_url is written in lower case" },
        { $"{Code}&link_ticket=", "link_ticket is empty" },
        { $"{Code}&link_ticket", "link_ticket is empty" },
        { $"{Code}&code_challenge_method=s256", "must be S256" },
        { $"{Code}&state=%0A", "state must be visible" },
        { $"{Code}&state=%C3%A1", "state must be visible" },
        { $"{Code}&state={new string('a', 513)}", "state must be visible" },
        { $"{Code}&login_hint=a%00b", "login_hint must" },
        { $"{Code}&login_hint=a%0D%0Ab", "login_hint must" },
        { $"{Code}&login_hint=a%C2%85b", "login_hint must" },
        { $"{Code}&login_hint={new string('a', 321)}", "login_hint must" },
        { $"{Code}&prompt=Login", "prompt must" },
        { $"{Code}&prompt=login%20%20consent", "prompt must" },
        { $"{Code}&prompt=login%0A", "prompt must" },
        { $"{Code}&prompt=%20login", "prompt must" },
        { $"{Code}&prompt={new string('a', 101)}", "prompt must" },
        { $"{Code}&ui_locales=fr_CA", "ui_locales must" },
        { $"{Code}&ui_locales=fr%2Cde", "ui_locales must" },
        { $"{Code}&ui_locales=fr%0A", "ui_locales must" },
        { $"{Code}&ui_locales=abcdefghi", "ui_locales must" },
        { $"{Code}&ui_locales={string.Join("%20", Enumerable.Repeat("fr", 40))}", "ui_locales must" },
        { $"{Code}&scope=a%09b", "scope must" },
        { $"{Code}&scope=a%22", "scope must" },
        { $"{Code}&scope=a%20", "scope must" },
        { $"{Code}&scope={new string('a', 1001)}", "scope must" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_malformed_is_refused_in_a_clear_sentence(string query, string words) => AssertRefused(query, words);

    // PKCE that was stripped or downgraded on the way.
    [Theory]
    [InlineData("", "code_challenge is missing", "pkce_missing")]
    [InlineData("code_challenge=", "code_challenge is missing", "pkce_missing")]
    [InlineData("code_challenge_method=S256", "code_challenge is missing", "pkce_missing")]
    [InlineData($"code_challenge={Challenge}&code_challenge_method=plain", "must be S256", "pkce_downgraded")]
    [InlineData($"code_challenge={Challenge}=", "43 characters", "pkce_malformed")]
    [InlineData($"code_challenge={Challenge}a", "43 characters", "pkce_malformed")]
    [InlineData("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c", "43 characters", "pkce_malformed")]
    [InlineData("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw%2BcM", "43 characters", "pkce_malformed")]
    [InlineData("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw%C3%A1cM", "43 characters", "pkce_malformed")]
    [InlineData($"code_challenge={Challenge}%0A", "43 characters", "pkce_malformed")]
    public void Code_and_popup_need_an_s256_challenge(string challenge, string words, string reason)
    {
        AssertRefused($"return_url=https%3A%2F%2Fapp.example.com%2Fcb&{challenge}", words, reason);
        AssertRefused($"mode=popup&origin=https%3A%2F%2Fapp.example.com&{challenge}", words, reason);
    }

    // RED-028
    [Theory]
    [InlineData("https://evil")]
    [InlineData("//evil")]
    [InlineData("/\\evil")]
    [InlineData("\\\\evil")]
    [InlineData("https:evil")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("%2f%2fevil")]
    [InlineData("/\t/evil")]
    [InlineData("http://app.example.com@evil")]
    [InlineData("https://app.example.com@evil/cb")]
    [InlineData("https://user@app.example.com/cb")]
    [InlineData("https://app.example.com.evil.tld/cb")]
    [InlineData("https://evil#https://app.example.com/cb")]
    [InlineData("https://evil?https://app.example.com/cb")]
    [InlineData("https://app.example.com/cb#")]
    [InlineData("https://app.example.com/cb?")]
    [InlineData("https://app.example.com/cb/")]
    [InlineData("https://app.example.com/cb/..")]
    [InlineData("https://app.example.com/x/../cb")]
    [InlineData("https://app.example.com//cb")]
    [InlineData("https://app.example.com\\cb")]
    [InlineData("https://app.example.com\\@evil/cb")]
    [InlineData("https://app。example.com/cb")]
    [InlineData("https://app.example.com／cb")]
    [InlineData("https://аpp.example.com/cb")]
    [InlineData("https://xn--pp-6kc.example.com/cb")]
    [InlineData("https://app.example.com/cb\r\nLocation: https://evil")]
    [InlineData(" https://app.example.com/cb")]
    [InlineData("https://app.example.com/cb\0")]
    [InlineData("https://app.example.com/cb\u200b")]
    [InlineData("HTTPS://app.example.com/cb")]
    [InlineData("https://app.example.com:443/cb")]
    [InlineData("http://app.example.com/cb")]
    [InlineData("https://app.example.com%2fcb")]
    [InlineData("https://app.example.com/%63b")]
    [InlineData("/cb")]
    [InlineData("cb")]
    [InlineData(".")]
    public void No_other_address_is_gone_back_to(string url)
    {
        string escaped = Uri.EscapeDataString(url);
        AssertRefused($"return_url={escaped}&code_challenge={Challenge}", "return_url is not listed", "return_url_not_listed");
        AssertRefused($"mode=cookie&return_url={escaped}", "return_url is not listed", "return_url_not_listed");
    }

    [Fact]
    public void A_very_long_address_is_refused_too() => AssertRefused(
        $"mode=cookie&return_url=https%3A%2F%2Fapp.example.com%2Fcb{new string('a', 20_000)}", "return_url is not listed", "return_url_not_listed");

    // RED-042
    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com/cb")]
    [InlineData("https://app.example.com:443")]
    [InlineData("https://APP.example.com")]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("https://app.example.com https://evil.example")]
    [InlineData("javascript:alert(1)")]
    public void A_popup_posts_to_no_other_origin(string origin) => AssertRefused(
        $"mode=popup&origin={Uri.EscapeDataString(origin)}&code_challenge={Challenge}", "origin is not listed", "origin_not_listed");

    // RED-031
    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    [InlineData("response_type")]
    [InlineData("response_mode")]
    [InlineData("nonce")]
    [InlineData("request")]
    [InlineData("request_uri")]
    public void What_is_ours_to_set_is_refused_in_any_case(string name)
    {
        foreach (string written in (string[])[name, name.ToUpperInvariant(), $"{char.ToUpperInvariant(name[0])}{name[1..]}"])
        {
            AssertRefused($"{Code}&{written}=evil", $"{name} is ours to set", "parameter_of_ours");
            AssertRefused($"{Code}&{written}=", $"{name} is ours to set", "parameter_of_ours");
        }
    }

    [Theory]
    [InlineData("client_secret")]
    [InlineData("code_verifier")]
    [InlineData("code")]
    [InlineData("access_token")]
    [InlineData("ID_TOKEN")]
    [InlineData("refresh_token")]
    [InlineData("ticket")]
    public void A_credential_is_refused(string name) => AssertRefused($"{Code}&{name}=s3cret", "A credential stands in the query string", "credential_in_query");

    private static void AssertRefused(string query, string words, string? reason = null)
    {
        Result<StartParameters> read = Read(query);

        Assert.Equal("invalid_request", read.Error?.Code);
        Assert.Contains(words, read.Error!.Description, StringComparison.Ordinal);
        Assert.Equal(reason ?? read.Error.Reason, read.Error.Reason);
        Assert.DoesNotContain("evil", read.Error.Description, StringComparison.Ordinal);
    }

    private static Result<StartParameters> Read(string query)
    {
        var options = new FrontEndOptions { ReturnUrls = "https://app.example.com/cb", Origins = "https://app.example.com" };
        var request = new DefaultHttpContext { Request = { QueryString = new QueryString($"?{query}") } }.Request;
        return StartParameters.Read(request, new ReturnUrls(Options.Create(options), new Address()));
    }

    private sealed class Address : IPublicAddress
    {
        public string Value => "https://api.example.com";
    }
}
