using Cambio.EntityFrameworkCore.Tables;
using Microsoft.Extensions.Hosting;

namespace Cambio.EntityFrameworkCore;

/// <summary>Refuses to start on an application's context that Cambio's tables are missing from. Its migrations are the application's own.</summary>
internal sealed class ModelStart(ContextSource contexts) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using ContextLease lease = contexts.Open();
        if (lease.Context.Model.FindEntityType(typeof(UserRow)) is null)
        {
            throw new InvalidOperationException(
                $"{contexts.ContextType.Name} has no tables for Cambio: call modelBuilder.UseCambio() in its OnModelCreating and add a migration.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
