using System.Data.Common;
using Cambio.Storage;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Cambio.EntityFrameworkCore.Sqlite;

/// <summary>
/// SQLite has one writer at a time. Those of this process queue here, in order and without a thread; other processes are met by
/// SQLite's own busy timeout, which polls. Transactions begin as <c>BEGIN IMMEDIATE</c> (the driver's default), so that none finds
/// after its reads that another has written.
/// </summary>
internal sealed class SqliteEngine : IDatabaseEngine, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim writer = new(1, 1);

    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken) =>
        await writer.WaitAsync(Patience, cancellationToken)
            ? new Turn(writer)
            : throw new StoreUnavailableException($"The database was busy with other writes for {Patience.TotalSeconds:0} seconds.");

    public Exception? Translate(DbException exception) => exception is not SqliteException sqlite
        ? null
        : sqlite.SqliteExtendedErrorCode switch
        {
            // These messages name the columns, never the values.
            SQLITE_CONSTRAINT_UNIQUE or SQLITE_CONSTRAINT_PRIMARYKEY => new StoreConflictException(sqlite.Message, sqlite),
            _ when sqlite.SqliteErrorCode is SQLITE_CONSTRAINT => null,
            // Statements are fixed texts, tested against the schema: anything else means that the file is not as we left it.
            _ => new StoreUnavailableException($"SQLite cannot serve: error {sqlite.SqliteErrorCode} (extended {sqlite.SqliteExtendedErrorCode}).", sqlite),
        };

    public void Dispose() => writer.Dispose();

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
