using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>What every test of ID tokens needs: a provider with two keys, and tokens to present.</summary>
public abstract class IdTokenRoom : IAsyncLifetime
{
    private protected static TestKey Key { get; } = TestKey.Rsa("k1");

    private protected static TestKey Curve { get; } = TestKey.Ec("k2");

    private protected FakeProvider Fake { get; private set; } = null!;

    private protected Rooms Rooms { get; } = new();

    private protected string Claims =>
        $$"""{"iss":"https://id.example","aud":"our-client","sub":"user-1","iat":{{Rooms.Now}},"exp":{{Rooms.Now + 3600}}}""";

    public async ValueTask InitializeAsync() =>
        Fake = (await FakeProvider.StartAsync()).On("GET /id.example/keys", TestKey.Document(Key, Curve));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fake.DisposeAsync();
        await Rooms.DisposeAsync();
    }

    /// <summary>The claims with one of them replaced, or taken out where there is nothing to put.</summary>
    private protected static string With(string payload, string claim, string json)
    {
        var members = JsonDocument.Parse(payload).RootElement.EnumerateObject()
            .Where(member => member.Name != claim).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}");
        return $"{{{string.Join(',', json.Length == 0 ? members : members.Append($"\"{claim}\":{json}"))}}}";
    }

    private protected Task<Result<Authorization>> VerifyAsync(string token, ProviderDefinition? definition = null) =>
        Rooms.VerifyAsync(SampleProvider.At(Fake, definition ?? SampleProvider.OpenId), new IdToken(token));

    private protected async Task<Authorization> AcceptedAsync(string token)
    {
        Result<Authorization> result = await VerifyAsync(token);
        Assert.Null(result.Error);
        return result.Value!;
    }

    private protected async Task RefusedAsync(string token, string reason, ProviderDefinition? definition = null)
    {
        Result<Authorization> result = await VerifyAsync(token, definition);
        Assert.Equal((ErrorCodes.InvalidGrant, reason), (result.Error?.Code, result.Error?.Reason));
    }
}
