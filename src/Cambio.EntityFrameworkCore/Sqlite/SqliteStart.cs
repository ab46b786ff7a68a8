using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Cambio.EntityFrameworkCore.Sqlite.SqliteStoreOptions;

namespace Cambio.EntityFrameworkCore.Sqlite;

/// <summary>Brings the data file to this version's schema before anything else of the host starts.</summary>
internal sealed class SqliteStart(SqliteFile file, ContextSource contexts) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            file.CreateDirectory();
            await using IAsyncDisposable starting = await file.LockAsync(cancellationToken);
            await using ContextLease lease = contexts.Open();
            await MigrateAsync(lease.Context.Database, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw Mistake($"{Setting}: the data file {file.Path} cannot be used ({exception.Message.TrimEnd('.')}). Name a file in a directory that this process may write.");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static OptionsValidationException Mistake(string text) => new(Setting, typeof(SqliteStoreOptions), [text]);

    private async Task MigrateAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        string[] known = [.. database.GetMigrations()];
        string[] applied = [.. await database.GetAppliedMigrationsAsync(cancellationToken)];
        if (applied.Except(known).LastOrDefault() is { } newer)
        {
            throw Mistake($"{Setting}: the data file {file.Path} was written by a newer version of Cambio (schema {newer}). Start that version, or restore a backup made before it.");
        }

        if (known.Except(applied).Any())
        {
            // Nobody else is starting, so a lock that Entity Framework finds here is a dead process's, and it would wait for it for ever.
            await database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellationToken);
            await database.MigrateAsync(cancellationToken);
        }

        await database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
    }
}
