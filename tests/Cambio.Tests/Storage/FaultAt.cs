using System.Data.Common;
using Cambio.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.Storage;

/// <summary>
/// A disk that breaks at one moment of a unit of work. The moments of a unit, counted from 1, are each BEGIN, each statement and each
/// COMMIT; the one that is due fails before it does anything, as SQLite fails, and later ones work again.
/// <see cref="EachMomentAsync"/> runs a unit with every moment failing in turn, and at last with none:
/// <code>
/// await fault.EachMomentAsync(
///     FaultAt.BrokenDisk,
///     () => host.PostAsync(…),
///     answer => Assert.Equal(fault.Fired ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, answer.StatusCode));
/// </code>
/// Whatever reaches the store while the unit runs is part of it, so nothing else may use the store meanwhile.
/// </summary>
internal sealed class FaultAt : IDbCommandInterceptor, IDbTransactionInterceptor
{
    /// <summary>SQLITE_IOERR: the disk cannot be read or written.</summary>
    public const int BrokenDisk = SQLitePCL.raw.SQLITE_IOERR;

    /// <summary>SQLITE_FULL: the disk has no room.</summary>
    public const int FullDisk = SQLitePCL.raw.SQLITE_FULL;

    private readonly Lock gate = new();
    private int error;
    private int due;

    /// <summary>The moment of the last run that failed, such as <c>INSERT INTO "cambio_users"</c>; null when none has.</summary>
    public string? Failed { get; private set; }

    /// <summary>Whether a moment of the last run has failed.</summary>
    public bool Fired => Failed is not null;

    /// <summary>Makes it part of the host's <see cref="CambioBuilderExtensions.AddSqliteStore"/>; before or after that call.</summary>
    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<CambioDbContext>(options => options.AddInterceptors(this));

    /// <summary>
    /// Runs the unit with its first moment failing, then with its second, and so on; ends after the first run that went through.
    /// </summary>
    /// <param name="errorCode">SQLite's error.</param>
    /// <param name="unit">What is run; when it fails it must leave the store as it was.</param>
    /// <param name="check">Called after each run with what came of it; <see cref="Fired"/> tells whether there was a fault. It may use the store.</param>
    /// <returns>The moments that failed, in order.</returns>
    public async Task<IReadOnlyList<string>> EachMomentAsync<T>(int errorCode, Func<Task<T>> unit, Func<T, Task> check)
    {
        List<string> failed = [];
        do
        {
            Set(failed.Count + 1, errorCode);
            T outcome = await unit();
            due = 0;
            await check(outcome);
            failed.AddRange(Failed is { } moment ? [moment] : []);
        }
        while (Fired);

        return failed;
    }

    public InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Pass(command, result);

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Pass(command, result));

    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        Pass(command, result);

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Pass(command, result));

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default) => ValueTask.FromResult(Pass("BEGIN", result));

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Pass("COMMIT", result));

    public void Set(int moment, int errorCode)
    {
        lock (gate)
        {
            (due, error, Failed) = (moment, errorCode, null);
        }
    }

    private T Pass<T>(DbCommand command, T result) => Pass(command.CommandText, result);

    private T Pass<T>(string text, T result)
    {
        lock (gate)
        {
            if (due == 0 || --due > 0)
            {
                return result;
            }

            Failed = string.Join(' ', text.Split(default(char[]), 4, StringSplitOptions.RemoveEmptyEntries).Take(3));
            throw new SqliteException($"SQLite Error {error}: a fault that a test has set.", error);
        }
    }
}
