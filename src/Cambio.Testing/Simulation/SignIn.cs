using System.Text.Json;

namespace Cambio.Testing.Simulation;

/// <summary>One sign-in at a simulated provider: what comes back to the front end.</summary>
internal sealed class SignIn(SimulationContext context, CatalogCase played, Person? person, MintOptions options)
{
    public MintedCredentials Mint(string clientId)
    {
        bool hasCode = context.Definition.TokenEndpoint is not null || context.Definition.Token.Endpoint is not null || context.Definition.Issuer is not null;
        bool hasPkce = options.Pkce && context.Definition.Authorization.Pkce is not false;
        string nonce = options.Nonce ?? FakeProvider.NewToken();
        string? verifier = hasPkce ? FakeProvider.NewToken() + FakeProvider.NewToken() : null;
        Grant token = NewGrant(clientId, nonce);
        token = token with { Value = context.AccessTokens.Make(token) };
        Grant code = NewGrant(clientId, nonce) with
        {
            RedirectUri = options.RedirectUri,
            Challenge = verifier is null ? null : TokenAnswers.Challenge(verifier),
            Callback = context.Definition.Authorization.Callback.ToDictionary(name => name, _ => FakeProvider.NewToken(), StringComparer.Ordinal),
        };
        context.Tokens.Add(token);
        hasCode &= played.Answers.ContainsKey("token");
        if (hasCode)
        {
            context.Codes.Add(code);
        }

        string? idToken = context.IdTokens.Make(token, token.Value);
        return new MintedCredentials
        {
            AccessToken = token.Value,
            IdToken = idToken,
            Nonce = idToken is null ? null : nonce,
            Code = hasCode ? code.Value : null,
            RedirectUri = hasCode ? options.RedirectUri : null,
            CodeVerifier = hasCode ? verifier : null,
            Form = Form(),
            Callback = hasCode ? code.Callback : new Dictionary<string, string>(),
        };
    }

    private Grant NewGrant(string clientId, string nonce) => new()
    {
        Value = FakeProvider.NewToken(),
        Family = FakeProvider.NewToken(),
        ClientId = clientId,
        Case = played,
        Person = person,
        Nonce = nonce,
        SessionId = options.SessionId,
        ExpiresAt = context.Time.GetUtcNow() + FakeProvider.Lifetime,
    };

    private string? Form() => played.Answers.TryGetValue("form", out JsonElement form)
        ? CaseAnswer.Fill(form, person, new Placeholders(context.Time.GetUtcNow(), ""))?.ToJsonString()
        : null;
}
