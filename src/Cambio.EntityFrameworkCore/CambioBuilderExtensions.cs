using Cambio.EntityFrameworkCore.Sqlite;
using Cambio.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.EntityFrameworkCore;

/// <summary>Keeps Cambio's data in a database.</summary>
public static class CambioBuilderExtensions
{
    /// <summary>
    /// Keeps Cambio's data in the application's own context, which must be registered, run on SQLite, and call
    /// <see cref="CambioModelBuilderExtensions.UseCambio"/>. The application applies its migrations. The Data Protection key ring of the
    /// whole application moves into the same database, under the application name <c>Cambio</c>.
    /// </summary>
    /// <typeparam name="TContext">The application's context.</typeparam>
    /// <param name="builder">What <c>AddCambio</c> returned.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="InvalidOperationException">At start: the context has no tables for Cambio.</exception>
    /// <exception cref="NotSupportedException">At start: the context's database is not supported.</exception>
    public static CambioBuilder AddEntityFrameworkStore<TContext>(this CambioBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHostedService<ModelStart>();
        return builder.AddStore<TContext>();
    }

    /// <summary>
    /// Keeps Cambio's data, and the Data Protection key ring, in a SQLite file of its own. The file and its directory are created when
    /// missing, and migrated before the host starts; a file that a newer version wrote, or that cannot be written, stops the start with
    /// an <see cref="OptionsValidationException"/> that says what to mend.
    /// </summary>
    /// <param name="builder">What <c>AddCambio</c> returned.</param>
    /// <param name="connectionString">Where, such as <c>Data Source=data/cambio.db</c>; absent, the setting <c>Cambio:Store:ConnectionString</c>.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    public static CambioBuilder AddSqliteStore(this CambioBuilder builder, string? connectionString = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddSingleton<IValidateOptions<SqliteStoreOptions>, SqliteStoreValidator>();
        services.AddOptions<SqliteStoreOptions>()
            .Configure<IServiceProvider>((options, provider) =>
                options.ConnectionString = connectionString ?? provider.GetService<IConfiguration>()?[SqliteStoreOptions.Setting]);
        services.AddSingleton<IStartCheck, OptionsStartCheck<SqliteStoreOptions>>();
        services.AddSingleton<SqliteFile>();
        services.AddSingleton<SqliteConnectionSettings>();
        services.AddDbContextPool<CambioDbContext>(static (provider, options) => options
            .UseSqlite(
                provider.GetRequiredService<SqliteFile>().ConnectionString,
                static sqlite => sqlite.MigrationsHistoryTable("cambio_migrations"))
            .AddInterceptors(provider.GetRequiredService<SqliteConnectionSettings>())
            // A lost unique race is no error, and a line for every statement drowns the others.
            .ConfigureWarnings(static warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug),
                (RelationalEventId.CommandExecuted, LogLevel.Debug))));
        services.AddHostedService<SqliteStart>();
        return builder.AddStore<CambioDbContext>();
    }

    private static CambioBuilder AddStore<TContext>(this CambioBuilder builder)
        where TContext : DbContext
    {
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.Replace(ServiceDescriptor.Singleton(static provider =>
            new ContextSource(provider.GetRequiredService<IServiceScopeFactory>(), typeof(TContext))));
        services.Replace(ServiceDescriptor.Singleton(SelectEngine));
        services.Replace(ServiceDescriptor.Singleton<IStore, EntityFrameworkStore>());
        services.Replace(ServiceDescriptor.Singleton<ISigningKeyStore, SigningKeyStore>());
        services.AddHostedService<ExpiredRows>();
        services.AddDataProtection().SetApplicationName("Cambio");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(static provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new KeyRingRepository(provider.GetRequiredService<ContextSource>())));
        return builder;
    }

    private static IDatabaseEngine SelectEngine(IServiceProvider provider)
    {
        ContextSource contexts = provider.GetRequiredService<ContextSource>();
        using ContextLease lease = contexts.Open();
        return lease.Context.Database.IsSqlite()
            ? new SqliteEngine()
            : throw new NotSupportedException($"Cambio's store runs on SQLite; {contexts.ContextType.Name} uses {lease.Context.Database.ProviderName}.");
    }
}
