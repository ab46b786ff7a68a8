using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>An answer of another provider is none (RFC 9207), whatever else stands in it; the fake is called by nobody but discovery.</summary>
public sealed class ResponseIssuerTests : IAsyncLifetime
{
    private const string Document = "GET /id.example/.well-known/openid-configuration";

    private readonly Rooms rooms = new();
    private FakeProvider fake = null!;

    public async ValueTask InitializeAsync() => fake = await FakeProvider.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await fake.DisposeAsync();
        await rooms.DisposeAsync();
    }

    // RED-018
    [Theory]
    [InlineData("https://id.example", null)]
    [InlineData("https://as2.example", "issuer_mismatch")]
    [InlineData("https://id.example/", "issuer_mismatch")]
    [InlineData("https://ID.example", "issuer_mismatch")]
    [InlineData("https://id.example.evil.example", "issuer_mismatch")]
    [InlineData("http://id.example", "issuer_mismatch")]
    [InlineData("https://alias.example/acme", null)]
    [InlineData("https://alias.example/other", "issuer_mismatch")]
    [InlineData("https://login.example/1a-B2/v2", null)]
    [InlineData("https://login.example//v2", "issuer_mismatch")]
    [InlineData("https://login.example/a/b/v2", "issuer_mismatch")]
    [InlineData("https://login.example/a/v2/", "issuer_mismatch")]
    [InlineData("https://login.example/a?/v2", "issuer_mismatch")]
    [InlineData("https://loginXexample/a/v2", "issuer_mismatch")]
    [InlineData("https://login.example/{tid}/v2", "issuer_mismatch")]
    public async Task Is_one_that_the_definition_knows(string iss, string? reason)
    {
        ProviderDefinition definition = SampleProvider.OpenId with
        {
            AuthorizationEndpoint = "https://id.example/authorize",
            Variables = new Dictionary<string, VariableDefinition> { ["tenant"] = new() { Title = "T" } },
            IdToken = new() { Issuers = ["https://alias.example/{tenant}", "https://login.example/{tid}/v2"] },
        };

        Assert.Equal(reason, await FaultAsync(definition, iss));
        Assert.Empty(fake.Calls);
    }

    [Theory]
    [InlineData("https://www.host.example/login/oauth", null)]
    [InlineData("https://WWW.host.example", null)]
    [InlineData("https://host.example", null)]
    [InlineData("https://id.www.host.example", null)]
    [InlineData("https://www.host.example:8443", null)]
    [InlineData("https://example", "issuer_mismatch")]
    [InlineData("https://api.host.example", "issuer_mismatch")]
    [InlineData("https://evilhost.example", "issuer_mismatch")]
    [InlineData("https://evilwww.host.example", "issuer_mismatch")]
    [InlineData("https://www.host.example@evil.example", "issuer_mismatch")]
    [InlineData("https://evil.example#www.host.example", "issuer_mismatch")]
    [InlineData("http://www.host.example", "issuer_mismatch")]
    [InlineData("www.host.example", "issuer_mismatch")]
    [InlineData("javascript:1", "issuer_mismatch")]
    public async Task Stands_at_the_host_that_was_asked_where_the_definition_knows_none(string iss, string? reason)
    {
        var definition = new ProviderDefinition { Name = "Example", AuthorizationEndpoint = "https://www.host.example/authorize", TokenEndpoint = "https://www.host.example/token" };

        Assert.Equal(reason, await FaultAsync(definition, iss));
        Assert.Empty(fake.Calls);
    }

    // RED-019
    [Theory]
    [InlineData("true", null, "issuer_missing")]
    [InlineData("false", null, null)]
    [InlineData("null", null, null)]
    [InlineData("true", "https://id.example", null)]
    [InlineData("false", "https://as2.example", "issuer_mismatch")]
    public async Task Is_there_where_the_provider_promised_it(string promised, string? iss, string? reason)
    {
        fake.On(Document, $$"""{"issuer":"https://id.example","authorization_endpoint":"https://id.example/a","authorization_response_iss_parameter_supported":{{promised}}}""");

        Assert.Equal(reason, await FaultAsync(SampleProvider.OpenId, iss));
    }

    [Fact]
    public async Task A_document_that_nobody_else_reads_is_not_read_for_it()
    {
        Assert.Null(await FaultAsync(SampleProvider.OpenId with { AuthorizationEndpoint = "https://id.example/authorize" }, iss: null));
        Assert.Empty(fake.Calls);
    }

    [Fact]
    public async Task A_document_that_cannot_be_had_refuses_nothing()
    {
        fake.On(Document, FakeAnswer.Json("{}", status: 503));
        Assert.Null(await FaultAsync(SampleProvider.OpenId, iss: null));
    }

    [Theory]
    [InlineData("code=c&iss=https://as2.example")]
    [InlineData("error=access_denied&iss=https://as2.example")]
    [InlineData("access_token=t&iss=https://as2.example")]
    [InlineData("iss=https://as2.example")]
    public async Task Goes_before_all_that_the_answer_says(string callback)
    {
        Provider provider = At(SampleProvider.OpenId with { AuthorizationEndpoint = "https://id.example/authorize" });

        Result<AuthorizationCode> read = await rooms.Get<AuthorizationResponses>().ReadAsync(
            provider, Callback.Of(callback), new("https://app.example/cb", null, null), TestContext.Current.CancellationToken);

        Assert.Equal((ErrorCodes.InvalidState, "issuer_mismatch"), (read.Error?.Code, read.Error?.Reason));
        Assert.Empty(fake.Calls);
    }

    private Task<string?> FaultAsync(ProviderDefinition definition, string? iss) =>
        rooms.Get<ResponseIssuer>().FaultAsync(At(definition), iss, TestContext.Current.CancellationToken);

    private Provider At(ProviderDefinition definition) => SampleProvider.At(fake, definition, variables: new() { ["tenant"] = "acme" });
}
