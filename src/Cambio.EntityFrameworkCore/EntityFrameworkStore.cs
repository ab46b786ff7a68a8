using System.Data.Common;
using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cambio.EntityFrameworkCore;

/// <summary>The store on Entity Framework Core.</summary>
internal sealed class EntityFrameworkStore(ContextSource contexts, IDatabaseEngine engine) : IStore
{
    private readonly StoreQueries queries = new();

    public async Task<Result<T>> TransactAsync<T>(
        Func<IStoreTransaction, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            return await RunAsync(work, cancellationToken);
        }
        catch (StoreConflictException)
        {
            // A parallel transaction was first. What it wrote is visible now, so the second run decides with it in view.
        }

        try
        {
            return await RunAsync(work, cancellationToken);
        }
        catch (StoreConflictException conflict)
        {
            throw new StoreUnavailableException("A unique key was lost to parallel transactions twice in a row.", conflict);
        }
    }

    public async Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        await using ContextLease lease = contexts.Open();
        return await new AccountStore(lease.Context, engine, queries).FindUserAsync(user, cancellationToken);
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        await using ContextLease lease = contexts.Open();
        try
        {
            await ReadNothingAsync<UserRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<LoginRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<SessionRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<RefreshTokenRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<ProviderTokenRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<ReplayRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<SigningKeyRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<DataProtectionKeyRow>(lease.Context, cancellationToken);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Names every column of the table and reads no row: fails when one is missing.</summary>
    private static Task ReadNothingAsync<TRow>(DbContext context, CancellationToken cancellationToken)
        where TRow : class => context.Set<TRow>().AsNoTracking().Where(static row => false).ToListAsync(cancellationToken);

    private async Task<Result<T>> RunAsync<T>(
        Func<IStoreTransaction, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : notnull
    {
        using IDisposable turn = await engine.EnterAsync(cancellationToken);
        await using ContextLease lease = contexts.Open();
        await using IDbContextTransaction transaction =
            await engine.GuardAsync(() => lease.Context.Database.BeginTransactionAsync(cancellationToken));
        Result<T> result = await work(new StoreTransaction(lease.Context, engine, queries), cancellationToken);
        if (result.IsSuccess)
        {
            await engine.GuardAsync(() => transaction.CommitAsync(cancellationToken));
        }

        return result;
    }
}
