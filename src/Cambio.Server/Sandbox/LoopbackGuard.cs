using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Cambio.Server.Sandbox;

/// <summary>The last look, once the server is bound: code can make it listen where no setting says so.</summary>
internal sealed class LoopbackGuard(IServer server) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        string[] mistakes = [.. server.Features.Get<IServerAddressesFeature>()?.Addresses
            .Where(address => !ListenAddresses.IsLoopback(address)).Select(SandboxMistakes.NotLoopback) ?? []];
        return mistakes.Length == 0 ? Task.CompletedTask : throw new OptionsValidationException(nameof(SandboxOptions), typeof(SandboxOptions), mistakes);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
