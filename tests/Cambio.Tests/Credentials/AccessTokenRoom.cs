using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>What every test of access tokens needs: a provider that is asked, and what it is asked.</summary>
public abstract class AccessTokenRoom : IAsyncLifetime
{
    private protected const string TokenInfo = "GET /api.example/tokeninfo";

    private protected FakeProvider Fake { get; private set; } = null!;

    private protected Rooms Rooms { get; } = new();

    /// <summary>A proof by a call of the provider's own.</summary>
    private protected static AccessTokenProofDefinition Info { get; } = new()
    {
        Request = new ProviderCallDefinition { Url = "https://api.example/tokeninfo", Query = Map(("access_token", "{access_token}")), Auth = CallAuthentication.None },
        Audience = ["aud", "azp"],
    };

    public async ValueTask InitializeAsync() => Fake = await FakeProvider.StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fake.DisposeAsync();
        await Rooms.DisposeAsync();
    }

    private protected static Dictionary<string, string> Map(params (string Name, string Value)[] pairs) => pairs.ToDictionary(p => p.Name, p => p.Value);

    private protected static Dictionary<string, ConditionDefinition> Conditions(params ConditionDefinition[] conditions) =>
        conditions.Select((condition, i) => (condition, i)).ToDictionary(p => $"c{p.i}", p => p.condition);

    private protected static ProviderDefinition With(AccessTokenProofDefinition proof, string? quirk = null, ClientAuthenticationMethod auth = default) => new()
    {
        Name = "Example",
        TokenEndpoint = "https://api.example/token",
        Token = new TokenRequestDefinition { Auth = auth },
        AccessTokenProof = proof,
        Quirk = quirk,
    };

    private protected Task<Result<Authorization>> VerifyAsync(
        AccessTokenProofDefinition proof, string token = "the-token", string[]? audiences = null, Dictionary<string, string>? variables = null) =>
        Rooms.VerifyAsync(SampleProvider.At(Fake, With(proof), audiences, variables), new AccessToken(token));

    private protected async Task<string?> ReasonAsync(AccessTokenProofDefinition proof, string answer, string[]? audiences = null)
    {
        Fake.On(TokenInfo, answer);
        Result<Authorization> result = await VerifyAsync(proof, audiences: audiences);
        Assert.True(result.IsSuccess || result.Error.Code == ErrorCodes.InvalidGrant, result.Error?.ToString());
        return result.Error?.Reason;
    }
}
