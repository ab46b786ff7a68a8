using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Tests.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>What stands in the address that a browser is sent to, in every word that a definition has for it.</summary>
public sealed class AuthorizationRequestTests : IAsyncDisposable
{
    private const string Plain = "https://id.example/authorize?client_id=us&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&response_type=code&scope=read%20mail&state=s";
    private const string Rest = "&nonce=n&code_challenge=c&code_challenge_method=S256";

    private static readonly AuthorizationParameters Sent = new() { RedirectUri = "https://app.example/cb", State = "s", Nonce = "n", CodeChallenge = "c" };

    private readonly Rooms rooms = new();

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Theory]
    [InlineData("", Plain + Rest)]
    [InlineData("Scope=", "https://id.example/authorize?client_id=us&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&response_type=code&state=s" + Rest)]
    [InlineData("ScopeSeparator=,", "https://id.example/authorize?client_id=us&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&response_type=code&scope=read%2Cmail&state=s" + Rest)]
    [InlineData("Pkce=false", Plain + "&nonce=n")]
    [InlineData("ResponseMode=form_post", Plain + Rest + "&response_mode=form_post")]
    [InlineData("Parameters:org=a & b", Plain + Rest + "&org=a%20%26%20b")]
    [InlineData("Parameters:grant[]={client_id}", Plain + Rest + "&grant%5B%5D=us")]
    [InlineData("Omit=nonce", Plain + "&code_challenge=c&code_challenge_method=S256")]
    [InlineData("Omit=response_type scope", "https://id.example/authorize?client_id=us&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=s" + Rest)]
    [InlineData("Rename:client_id=app_id", "https://id.example/authorize?app_id=us&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&response_type=code&scope=read%20mail&state=s" + Rest)]
    [InlineData("Rename:redirect_uri=back", "https://id.example/authorize?client_id=us&back=https%3A%2F%2Fapp.example%2Fcb&response_type=code&scope=read%20mail&state=s" + Rest)]
    [InlineData("Suffix=#go", Plain + Rest + "#go")]
    [InlineData("Suffix=&claims=%7B%7D", Plain + Rest + "&claims=%7B%7D")]
    public async Task Is_written_as_the_definition_says(string definition, string address) => Assert.Equal(address, await BuildAsync(Sent, definition));

    [Theory]
    [InlineData("?p=sign%20in", "?p=sign%20in&client_id=us")]
    [InlineData("?a=1&b", "?a=1&b&client_id=us")]
    [InlineData("?", "?client_id=us")]
    [InlineData("?prompt=login&p=1", "?prompt=login&p=1&client_id=us")]
    public async Task Keeps_the_query_that_the_address_has(string query, string start) =>
        Assert.StartsWith($"https://id.example/authorize{start}", await BuildAsync(Sent, $":AuthorizationEndpoint=https://id.example/authorize{query}"), StringComparison.Ordinal);

    [Fact]
    public async Task Says_nothing_twice_that_the_address_says_already() => Assert.Equal(
        Plain.Replace("?", "?p=1&", StringComparison.Ordinal) + Rest + "&prompt=none",
        await BuildAsync(Sent with { Prompt = "none" }, ":AuthorizationEndpoint=https://id.example/authorize?prompt=login&p=1&PROMPT=x"));

    [Fact]
    public async Task Passes_the_callers_wishes_on() => Assert.Equal(
        Plain + Rest + "&login_hint=ada%40example.com%26x%3D1&prompt=select_account&ui_locales=de%20en",
        await BuildAsync(Sent with { LoginHint = "ada@example.com&x=1", Prompt = "select_account", UiLocales = "de en" }));

    [Theory]
    [InlineData("Parameters:prompt=consent", "&prompt=consent")]
    [InlineData("Parameters:Prompt=consent", "&Prompt=consent")]
    [InlineData("Omit=prompt", "")]
    [InlineData("Rename:prompt=ask", "&ask=none")]
    public async Task The_definition_has_the_last_word(string definition, string end) =>
        Assert.Equal(Plain + Rest + end, await BuildAsync(Sent with { Prompt = "none" }, definition));

    [Fact]
    public async Task Leaves_out_what_was_not_given() => Assert.Equal(Plain, await BuildAsync(Sent with { Nonce = null, CodeChallenge = null }));

    [Fact]
    public async Task Adds_scopes_to_the_providers_own_each_once() => Assert.Equal(
        Plain.Replace("mail", "mail%20files", StringComparison.Ordinal) + Rest, await BuildAsync(Sent with { ExtraScope = ["files", "mail", "files"] }));

    [Theory]
    [InlineData("calendar files", "files", "")]
    [InlineData("calendar files", "files Files", "Files")]
    [InlineData("", "files", "files")]
    [InlineData("calendar", "read", "read")]
    [InlineData("calendar", "", "")]
    public void A_single_sign_in_adds_no_scope_that_settings_do_not_list(string listed, string requested, string unlisted) =>
        Assert.Equal(TextList.Split(unlisted), AuthorizationRequests.Unlisted(Provider($"x:ExtraScope={listed}"), TextList.Split(requested)));

    [Theory]
    [InlineData("", true, true)]
    [InlineData("Pkce=true", true, true)]
    [InlineData("Pkce=false", true, false)]
    [InlineData("Omit=nonce", false, true)]
    public void Nonce_and_challenge_are_taken_unless_the_definition_says_no(string definition, bool nonce, bool pkce)
    {
        Provider provider = Provider(Line(definition));
        Assert.Equal((nonce, pkce), (AuthorizationRequests.TakesNonce(provider), AuthorizationRequests.TakesPkce(provider)));
    }

    [Fact]
    public async Task Goes_past_the_simulator()
    {
        using ProviderRegistry registry = Setup.Registry(Settings(Line("Suffix=#go")), simulator: "http://127.0.0.1:9/sim");

        Assert.Equal(
            Plain.Replace("https://id.example", "http://127.0.0.1:9/sim/id.example", StringComparison.Ordinal) + Rest + "#go",
            (await BuildAsync(registry.All[0], Sent)).Value);
    }

    [Fact]
    public async Task A_provider_without_such_an_address_is_refused()
    {
        Result<string> built = await BuildAsync(Provider("x:Definition:AuthorizationEndpoint="), Sent);
        Assert.Equal((ErrorCodes.ProviderError, "no_authorization_endpoint"), (built.Error?.Code, built.Error?.Reason));
    }

    [Fact]
    public void Prints_nothing_of_a_request() => Assert.DoesNotContain("app.example", Sent.ToString(), StringComparison.Ordinal);

    private async Task<string?> BuildAsync(AuthorizationParameters parameters, string definition = "") =>
        (await BuildAsync(Provider(Line(definition)), parameters)).Value;

    private Task<Result<string>> BuildAsync(Provider provider, AuthorizationParameters parameters) =>
        rooms.Get<AuthorizationRequests>().BuildAsync(provider, parameters, TestContext.Current.CancellationToken);

    private static Provider Provider(string line) => Setup.Provider(Settings(line));

    private static string Line(string definition) =>
        definition.Length == 0 ? "" : definition[0] == ':' ? $"x:Definition{definition}" : $"x:Definition:Authorization:{definition}";

    // What stands later replaces what stood before.
    private static string Settings(string line) => string.Join('\n', Setup.Pairs(
        $"""
        x:ClientId=us
        x:ClientSecret=our-secret
        x:Definition:AuthorizationEndpoint=https://id.example/authorize
        x:Definition:TokenEndpoint=https://id.example/token
        x:Definition:Authorization:Scope=read mail
        x:Definition:Userinfo:profile:Url=https://id.example/me
        x:Definition:Claims:Sub=id
        {line}
        """).GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => $"{pair.Key["Cambio:Providers:".Length..]}={pair.Last().Value}"));
}
