using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>What goes over the wire for a code: the client's authentication, PKCE, where the user's token stands, and no secret anywhere else.</summary>
public sealed class EveryDance(Wiretap wire) : IClassFixture<Wiretap>
{
    private static readonly string[] Standard = ["grant_type", "code", "redirect_uri", "code_verifier"];

    public static TheoryData<string> Ids => [.. Folders.Ids.Where(id => Folders.Case($"{id}/default.case.json").Answers.ContainsKey("token"))];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Is_danced_as_the_folder_says(string id)
    {
        FakeProvider fake = wire.Simulator[id];
        MintedCredentials minted = fake.Mint(new MintOptions());
        using var exchange = new CaseExchange(fake, wire.Address);
        wire.Take();

        Assert.Equal((true, null), (await exchange.RunAsync("code", minted) is { IsSuccess: true }, exchange.Failure));

        SentRequest[] sent = wire.Take();
        SentRequest token = sent.First(request => IsToken(request, fake));
        ShowsTheClient(token, fake);
        ShowsTheCode(token, fake.Definition, minted);
        foreach (SentRequest call in sent.Where(request => !IsToken(request, fake)))
        {
            HidesTheSecret(call, fake);
        }

        Assert.All(sent, request => Assert.StartsWith("Cambio/", request.Headers.UserAgent.ToString(), StringComparison.Ordinal));
        bool hasOwnAccept = fake.Definition.Userinfo.Values.Any(call =>
            call.Response == ResponseFormat.Jwt || call.Headers.Keys.Contains("accept", StringComparer.OrdinalIgnoreCase));
        Assert.All(sent, request => Assert.True((hasOwnAccept && !IsToken(request, fake)) || request.Headers.Accept == "application/json", request.Headers.Accept));
    }

    private static bool IsToken(SentRequest request, FakeProvider fake)
    {
        string? template = fake.Definition.Token.Endpoint ?? fake.Definition.TokenEndpoint ?? $"{fake.Definition.Issuer?.TrimEnd('/')}/token";
        string address = fake.Variables.Aggregate(template, (text, v) => text.Replace($"{{{v.Key}}}", v.Value, StringComparison.Ordinal));
        var expected = new Uri(address);
        return request.Host == expected.Authority && request.Path == Uri.UnescapeDataString(expected.AbsolutePath)
            && (expected.Query.Length == 0 || request.Query.StartsWith(expected.Query, StringComparison.Ordinal));
    }

    private static void ShowsTheClient(SentRequest token, FakeProvider fake)
    {
        TokenRequestDefinition definition = fake.Definition.Token;
        bool isBasic = definition.Auth is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretBasicRaw;
        string? expected = definition.Auth switch
        {
            ClientAuthenticationMethod.ClientSecretBasic => $"{Uri.EscapeDataString(fake.ClientId)}:{Uri.EscapeDataString(fake.ClientSecret)}",
            ClientAuthenticationMethod.ClientSecretBasicRaw => $"{fake.ClientId}:{fake.ClientSecret}",
            _ => null,
        };
        bool isOurOwnHeader = definition.Headers.Keys.Contains("authorization", StringComparer.OrdinalIgnoreCase);
        Assert.True(isOurOwnHeader || token.Basic == expected, "The Basic header is not the one that the method asks for.");
        if (isBasic)
        {
            Assert.DoesNotContain(fake.ClientSecret, token.Address + token.Body, StringComparison.Ordinal);
        }

        bool isInAddress = definition.Auth == ClientAuthenticationMethod.Query || Place(definition) == RequestBody.Query
            || definition.Parameters.Values.Any(v => v.Contains("{client_secret}", StringComparison.Ordinal));
        Assert.True(isInAddress || !token.Address.Contains(fake.ClientSecret, StringComparison.Ordinal), "The secret stands in the address.");
    }

    private static void ShowsTheCode(SentRequest token, ProviderDefinition definition, MintedCredentials minted)
    {
        Assert.Equal((definition.Token.Method ?? CallMethod.Post).ToString().ToUpperInvariant(), token.Method);
        Dictionary<string, string?> parameters = Parameters(token, definition.Token);
        Dictionary<string, string?> values = new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = minted.Code,
            ["redirect_uri"] = minted.RedirectUri,
            ["code_verifier"] = minted.CodeVerifier,
        };
        foreach (string name in Standard)
        {
            string named = definition.Token.Rename.GetValueOrDefault(name, name);
            string? expected = definition.Token.Omit.Contains(name, StringComparer.Ordinal) ? null : values[name];
            if (!definition.Token.Parameters.ContainsKey(named))
            {
                Assert.Equal((name, expected), (name, parameters.GetValueOrDefault(named)));
            }
        }

        Assert.Equal(definition.Authorization.Pkce is not false, minted.CodeVerifier is not null);
        Assert.All(definition.Token.Parameters, p => Assert.True(parameters.ContainsKey(p.Key), $"{p.Key} was not sent."));
        Assert.All(definition.Token.Headers, h => Assert.True(token.Headers.ContainsKey(h.Key), $"{h.Key} was not sent."));
    }

    private static void HidesTheSecret(SentRequest call, FakeProvider fake)
    {
        ProviderCallDefinition[] calls = [.. fake.Definition.Userinfo.Values];
        bool isDeclared = calls.Any(c => Names(c, "{client_secret}"));
        Assert.True(isDeclared || !call.Address.Contains(fake.ClientSecret, StringComparison.Ordinal), "The secret stands in an address.");
        if (call.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal) && calls.All(c => !Names(c, "{access_token}")))
        {
            string token = call.Headers.Authorization.ToString()["Bearer ".Length..];
            Assert.DoesNotContain(token, call.Address, StringComparison.Ordinal);
        }
    }

    private static bool Names(ProviderCallDefinition call, string name) =>
        (call.Url?.Contains(name, StringComparison.Ordinal) ?? false) || call.Query.Values.Any(v => v.Contains(name, StringComparison.Ordinal));

    private static RequestBody Place(TokenRequestDefinition definition) =>
        definition.Body ?? (definition.Method == CallMethod.Get ? RequestBody.Query : RequestBody.Form);

    private static Dictionary<string, string?> Parameters(SentRequest token, TokenRequestDefinition definition) => Place(definition) switch
    {
        RequestBody.Query => token.Parameters.ToDictionary(p => p.Key, p => (string?)p.Value.Single()),
        RequestBody.Json => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string?>>(token.Body)!,
        _ => token.Form.ToDictionary(p => p.Key, p => (string?)p.Value.Single()),
    };
}
