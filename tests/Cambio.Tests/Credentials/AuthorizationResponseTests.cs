using Cambio.Credentials;
using Cambio.Providers;
using Microsoft.Extensions.Logging;
using Cambio.Tests.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>What becomes of a callback whose state is ours: a code, or a refusal that holds no word of the provider's.</summary>
public sealed class AuthorizationResponseTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>";

    private static readonly SentRequest Sent = new("https://app.example/cb", "the-nonce", "the-verifier");

    private readonly Rooms rooms = new();
    private readonly LogLines<AuthorizationResponses> log = new();
    private FakeProvider fake = null!;

    public async ValueTask InitializeAsync() => fake = await FakeProvider.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await fake.DisposeAsync();
        await rooms.DisposeAsync();
    }

    [Fact]
    public async Task A_code_is_handed_on_with_what_the_request_said()
    {
        Result<AuthorizationCode> read = await ReadAsync("code=c&state=s&user={\"name\":1}&shop=acme&error=&empty=&iss=https://id.example");

        AuthorizationCode code = read.Value!;
        Assert.Equal(("c", Sent.RedirectUri, Sent.CodeVerifier, Sent.Nonce, "{\"name\":1}", true), (code.Code, code.RedirectUri, code.CodeVerifier, code.Nonce, code.User, code.CameToUs));
        Assert.Equal([new("shop", "acme")], code.Callback);
    }

    [Theory]
    [InlineData("auth_code=a", "a")]
    [InlineData("auth_code=a&code=c", "a")]
    [InlineData("auth_code=&code=c", "c")]
    [InlineData("code=c", "c")]
    public async Task A_provider_may_call_its_code_otherwise(string callback, string code)
    {
        Result<AuthorizationCode> read = await ReadAsync(callback, Plain with { Authorization = new() { CodeParameter = "auth_code" } });

        Assert.Equal(code, read.Value?.Code);
        Assert.Empty(read.Value!.Callback);
    }

    // RED-023
    [Theory]
    [InlineData("access_denied")]
    [InlineData("ACCESS_DENIED")]
    [InlineData("user_denied")]
    [InlineData("user_cancelled_login")]
    [InlineData("user_cancelled_authorize")]
    [InlineData("consent_required")]
    [InlineData("login_required")]
    [InlineData("interaction_required")]
    [InlineData("account_selection_required")]
    public async Task Who_would_not_is_denied(string error) =>
        Assert.Equal("access_denied denied_at_provider", await RefusalAsync($"error={error}&code=c&error_description={Hostile}"));

    [Fact]
    public async Task A_provider_that_is_down_says_when_to_come_back()
    {
        Result<AuthorizationCode> read = await ReadAsync("error=temporarily_unavailable");

        Assert.Equal("temporarily_unavailable (provider_says_unavailable)", read.Error?.ToString());
        Assert.NotNull(read.Error?.RetryAfter);
    }

    // RED-024
    [Theory]
    [InlineData("server_error")]
    [InlineData("invalid_scope")]
    [InlineData("access_denied2")]
    [InlineData("1107")]
    [InlineData(Hostile)]
    [InlineData(" access_denied")]
    [InlineData("access_denied\n")]
    public async Task Any_other_error_is_the_providers_and_nothing_of_its_text_is_ours(string error)
    {
        Result<AuthorizationCode> read = await ReadAsync($"error={error}&error_description=\"><img onerror=x>&error_uri=javascript:x&code=c");

        Assert.Equal((ErrorCodes.ProviderError, "error_at_provider"), (read.Error?.Code, read.Error?.Reason));
        Assert.Equal(ExchangeError.ProviderError("error_at_provider"), read.Error);
    }

    [Theory]
    [InlineData("server_error", "Information 1003 Provider example sent a browser back without a code: server_error")]
    [InlineData("access_denied", "Information 1003 Provider example sent a browser back without a code: access_denied")]
    [InlineData("Server_error", null)]
    [InlineData("server_error\n", null)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", null)]
    [InlineData(Hostile, null)]
    public async Task Only_a_word_of_the_standards_form_is_logged(string error, string? line)
    {
        await ReadAsync($"error={error}&error_description={Hostile}&state={Hostile}");

        Assert.Equal(line is null ? [] : [line], log.Lines);
    }

    // RED-046
    [Theory]
    [InlineData("access_token=t&state=s")]
    [InlineData("id_token=t")]
    [InlineData("refresh_token=t&code=")]
    public async Task A_token_in_place_of_a_code_is_a_bad_request(string callback) =>
        Assert.Equal("invalid_request token_in_place_of_code", await RefusalAsync(callback));

    [Fact]
    public async Task A_token_beside_a_code_is_left_where_it_is()
    {
        Result<AuthorizationCode> read = await ReadAsync("code=c&id_token=t&access_token=t");

        Assert.Equal("c", read.Value?.Code);
        Assert.Empty(read.Value!.Callback);
    }

    [Theory]
    [InlineData("")]
    [InlineData("state=s")]
    [InlineData("code=&error=&access_token=")]
    [InlineData("auth_code=a")]
    public async Task Nothing_at_all_is_a_sign_in_that_was_cancelled(string callback) => Assert.Equal("access_denied no_code", await RefusalAsync(callback));

    [Fact]
    public void Prints_nothing_of_what_was_sent() => Assert.DoesNotContain("the-", Sent.ToString(), StringComparison.Ordinal);

    private static ProviderDefinition Plain { get; } = new() { Name = "Example", AuthorizationEndpoint = "https://id.example/authorize", TokenEndpoint = "https://id.example/token" };

    private async Task<string> RefusalAsync(string callback) => (await ReadAsync(callback)).Error is { } error ? $"{error.Code} {error.Reason}" : "none";

    private Task<Result<AuthorizationCode>> ReadAsync(string callback, ProviderDefinition? definition = null) =>
        new AuthorizationResponses(rooms.Get<ResponseIssuer>(), log).ReadAsync(SampleProvider.At(fake, definition ?? Plain), Callback.Of(callback), Sent, TestContext.Current.CancellationToken);
}
