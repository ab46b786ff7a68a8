using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>What every test of authorization codes needs: a token endpoint, and a code to redeem there.</summary>
public abstract class CodeRoom : IAsyncLifetime
{
    private protected const string Token = "POST /api.example/token";

    private protected const string Granted = """{"access_token":"at-1","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-1","scope":"x"}""";

    private protected static AuthorizationCode Code { get; } = new("the-code", "https://app.example/cb", "the-verifier");

    private protected FakeProvider Fake { get; private set; } = null!;

    private protected Rooms Rooms { get; } = new();

    public async ValueTask InitializeAsync() => Fake = (await FakeProvider.StartAsync()).On(Token, Granted);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fake.DisposeAsync();
        await Rooms.DisposeAsync();
    }

    private protected static ProviderDefinition With(TokenRequestDefinition token) =>
        new() { Name = "Example", TokenEndpoint = "https://api.example/token", Token = token };

    private protected Task<Result<Authorization>> RedeemAsync(
        TokenRequestDefinition? token = null, AuthorizationCode? code = null, Dictionary<string, string>? variables = null, string? secret = SampleProvider.ClientSecret) =>
        Rooms.VerifyAsync(SampleProvider.At(Fake, With(token ?? new()), variables: variables, secret: secret), code ?? Code);
}
