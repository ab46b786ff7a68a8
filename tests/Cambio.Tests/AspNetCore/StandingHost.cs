using Cambio.Tests.Tokens;

namespace Cambio.Tests.AspNetCore;

/// <summary>A host that the tests of a class share; none may change what it holds.</summary>
public sealed class StandingHost : IAsyncLifetime
{
    internal DoorHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await DoorHost.StartAsync(new Dictionary<string, string?>
    {
        ["Cambio:PublicUrl"] = TokenRoom.Issuer,
        ["Cambio:FrontEnd:Origins"] = "https://app.example.com, http://localhost:3000",
    });

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
