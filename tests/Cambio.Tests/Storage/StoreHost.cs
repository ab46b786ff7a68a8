using Cambio.EntityFrameworkCore;
using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

/// <summary>A host with nothing in it but a store.</summary>
internal static class StoreHost
{
    public static async Task<IHost> StartAsync(Action<CambioBuilder> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        add(new CambioBuilder(builder.Services));
        IHost host = builder.Build();
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public static Task<IHost> StartSqliteAsync(string? connectionString) => StartAsync(builder => builder.AddSqliteStore(connectionString));

    public static IStore Store(this IHost host) => host.Services.GetRequiredService<IStore>();

    /// <summary>Reads from the host's context, past the store.</summary>
    public static async Task<T> ReadAsync<TContext, T>(this IHost host, Func<TContext, Task<T>> query)
        where TContext : DbContext
    {
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    public static async Task<StoredRows> RowsAsync<TContext>(this IHost host)
        where TContext : DbContext => await host.ReadAsync<TContext, StoredRows>(static async context => new StoredRows(
            await context.Set<UserRow>().CountAsync(),
            [.. (await context.Set<LoginRow>().AsNoTracking().ToListAsync()).Select(static row => row.ToLogin())],
            [.. (await context.Set<SessionRow>().AsNoTracking().ToListAsync()).Select(static row => row.ToSession())],
            await context.Set<RefreshTokenRow>().CountAsync(),
            await context.Set<ReplayRow>().CountAsync(),
            [.. (await context.Set<ProviderTokenRow>().AsNoTracking().ToListAsync()).Select(static row => row.ToTokens())])
        {
            ApiTokens = [.. (await context.Set<ApiTokenRow>().AsNoTracking().ToListAsync()).Select(static row => row.ToToken())],
            Codes = await context.Set<OneTimeCodeRow>().CountAsync(),
        });
}
