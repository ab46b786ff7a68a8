using System.Text.Json;

namespace Cambio.Testing.Simulation;

/// <summary>One sign-in at a simulated provider: what comes back to the front end.</summary>
internal sealed class SignIn(SimulationContext context, CatalogCase played, Person? person, string? sessionId)
{
    public MintedCredentials Mint(string clientId, MintOptions options)
    {
        bool hasCode = context.Definition.TokenEndpoint is not null || context.Definition.Token.Endpoint is not null || context.Definition.Issuer is not null;
        bool hasPkce = options.Pkce && context.Definition.Authorization.Pkce is not false;
        string nonce = options.Nonce ?? FakeProvider.NewToken();
        string? verifier = hasPkce ? FakeProvider.NewToken() + FakeProvider.NewToken() : null;
        Grant token = NewGrant(clientId, nonce);
        token = token with { Value = context.AccessTokens.Make(token) };
        context.Tokens.Add(token);
        Grant? code = hasCode && played.Answers.ContainsKey("token")
            ? Code(clientId, options.RedirectUri, nonce, verifier is null ? null : TokenAnswers.Challenge(verifier))
            : null;
        string? idToken = context.IdTokens.Make(token, token.Value);
        return new MintedCredentials
        {
            AccessToken = token.Value,
            IdToken = idToken,
            Nonce = idToken is null ? null : nonce,
            Code = code?.Value,
            RedirectUri = code?.RedirectUri,
            CodeVerifier = code is null ? null : verifier,
            Form = Form(),
            Callback = code?.Callback ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>A code that is good for one try.</summary>
    public Grant Code(string clientId, string redirectUri, string? nonce, string? challenge)
    {
        Grant code = NewGrant(clientId, nonce) with
        {
            RedirectUri = redirectUri,
            Challenge = challenge,
            Callback = context.Definition.Authorization.Callback.ToDictionary(name => name, _ => FakeProvider.NewToken(), StringComparer.Ordinal),
        };
        context.Codes.Add(code);
        return code;
    }

    /// <summary>The JSON that the provider posts beside a code; null where it posts none.</summary>
    public string? Form() => played.Answers.TryGetValue("form", out JsonElement form)
        ? CaseAnswer.Fill(form, person, new Placeholders(context.Time.GetUtcNow(), ""))?.ToJsonString()
        : null;

    private Grant NewGrant(string clientId, string? nonce) => new()
    {
        Value = FakeProvider.NewToken(),
        Family = FakeProvider.NewToken(),
        ClientId = clientId,
        Case = played,
        Person = person,
        Nonce = nonce,
        SessionId = sessionId,
        ExpiresAt = context.Time.GetUtcNow() + FakeProvider.Lifetime,
    };
}
