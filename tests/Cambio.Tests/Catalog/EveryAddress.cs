using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>Where each folder sends a browser, read back pair by pair.</summary>
public sealed class EveryAddress(Wiretap wire) : IClassFixture<Wiretap>
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static readonly AuthorizationParameters Sent = new()
    {
        RedirectUri = "https://api.example.com/auth/x/callback?tab=1&x=%20",
        State = new string('a', 64),
        Nonce = "the-nonce",
        CodeChallenge = Challenge,
        LoginHint = "ada@example.com",
        Prompt = "select_account",
        UiLocales = "en-GB de",
        ExtraScope = ["extra"],
    };

    public static TheoryData<string> Ids => [.. Folders.Ids];

    // RED-013
    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Says_what_the_flow_needs_and_keeps_what_is_secret(string id)
    {
        FakeProvider fake = wire.Simulator[id];
        AuthorizationRequestDefinition definition = fake.Definition.Authorization;
        using var exchange = new CaseExchange(fake, wire.Address);
        Provider provider = exchange.Get<ProviderRegistry>().Find(id).Value!;

        Result<string> built = await exchange.Get<AuthorizationRequests>().BuildAsync(provider, Sent, TestContext.Current.CancellationToken);

        if (fake.Definition.AuthorizationEndpoint is null && fake.Definition.Issuer is null)
        {
            Assert.Equal("no_authorization_endpoint", built.Error?.Reason);
            return;
        }

        Assert.Equal((true, null), (built.IsSuccess, built.Error?.Reason));
        string address = built.Value!;
        var query = Read(address);
        Assert.StartsWith(wire.Address.AbsoluteUri, address, StringComparison.Ordinal);
        Assert.EndsWith(definition.Suffix ?? "", address, StringComparison.Ordinal);
        Assert.Equal(query.Count, query.Select(pair => pair.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain('{', address);
        Assert.All(Secrets(fake), secret => Assert.DoesNotContain(secret, Uri.UnescapeDataString(address), StringComparison.Ordinal));

        Assert.Equal(provider.ClientId, Value(query, definition, "client_id"));
        Assert.Equal(Sent.RedirectUri, Value(query, definition, "redirect_uri"));
        Assert.Equal(Sent.State, Value(query, definition, "state"));
        Assert.Equal(definition.Pkce is false ? (null, null) : (Challenge, "S256"), (Value(query, definition, "code_challenge"), Value(query, definition, "code_challenge_method")));
        Assert.Equal(definition.Omit.Contains("nonce") ? null : Sent.Nonce, Value(query, definition, "nonce"));
        Assert.Equal(definition.Omit.Contains("response_type") ? null : "code", Value(query, definition, "response_type"));
        Assert.Equal(definition.Omit.Contains("scope") ? null : string.Join(definition.ScopeSeparator, [.. provider.Scope, "extra"]), Value(query, definition, "scope"));
        Assert.Equal(definition.ResponseMode, Value(query, definition, "response_mode"));
        Assert.All(definition.Parameters.Keys, name => Assert.NotEmpty(Value(query, definition, name) ?? ""));
        Assert.Equal(AuthorizationRequests.TakesPkce(provider), Value(query, definition, "code_challenge") is not null);
        Assert.Equal(AuthorizationRequests.TakesNonce(provider), Value(query, definition, "nonce") is not null);
    }

    // Whoever remembers a nonce insists on an ID token that holds it.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_given_a_nonce_only_where_an_ID_token_can_bring_it_back(string id)
    {
        ProviderDefinition definition = Folders.Definition(id).Definition!;
        bool isInsistedOn = definition.IdToken is not null && definition.Authorization.Scope.Contains("openid") && !definition.Authorization.Omit.Contains("nonce");
        bool hasCode = Folders.Case($"{id}/default.case.json").Answers.TryGetValue("token", out var token);

        Assert.True(!isInsistedOn || !hasCode || token.GetRawText().Contains("{id_token}", StringComparison.Ordinal), "A code brings no ID token; let authorization.omit name nonce.");
    }

    private static IEnumerable<string> Secrets(FakeProvider fake) =>
        fake.Variables.Where(variable => fake.Definition.Variables[variable.Key].Kind != VariableKind.Text).Select(variable => variable.Value).Append(fake.ClientSecret);

    private static List<KeyValuePair<string, string>> Read(string address) =>
        [.. address.Split('#')[0].Split('?')[1].Split('&').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])))];

    private static string? Value(List<KeyValuePair<string, string>> query, AuthorizationRequestDefinition definition, string name) =>
        query.Find(pair => pair.Key == definition.Rename.GetValueOrDefault(name, name)).Value;
}
