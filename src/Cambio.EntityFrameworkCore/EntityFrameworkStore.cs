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

    public Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken) => ReadAsync(async context =>
        UserKey.TryParse(user) is { } id ? (await queries.User(context, id, cancellationToken))?.ToAccount() : null);

    public Task<SessionLookup?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) => ReadAsync(async context =>
        (await queries.Session(context, sessionId, cancellationToken))?.ToLookup());

    public Task<SessionLookup?> FindApiTokenAsync(byte[] hash, CancellationToken cancellationToken) => ReadAsync(async context =>
        (await queries.SessionOfApiToken(context, hash, cancellationToken))?.ToLookup());

    public Task<RefreshLookup?> FindRefreshTokenAsync(byte[] hash, CancellationToken cancellationToken) => ReadAsync(async context =>
        (await queries.RefreshToken(context, hash, cancellationToken))?.ToLookup());

    public Task<IReadOnlyList<Login>> ListLoginsAsync(UserRef user, CancellationToken cancellationToken) =>
        ReadAsync(context => context.LoginsAsync(user, cancellationToken));

    public Task<IReadOnlyList<Session>> ListSessionsAsync(UserRef user, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync(context => context.SessionsAsync(user, now, cancellationToken));

    public Task<ProtectedProviderTokens?> FindProviderTokensAsync(
        UserRef user, string provider, string? subject, CancellationToken cancellationToken) =>
        ReadAsync(context => context.ProviderTokensAsync(user, provider, subject, cancellationToken));

    public Task<OneTimeCode?> FindCodeAsync(byte[] hash, string purpose, CancellationToken cancellationToken) => ReadAsync(async context =>
        (await context.Set<OneTimeCodeRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Hash == hash && row.Purpose == purpose, cancellationToken))?.ToCode());

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        await using ContextLease lease = contexts.Open();
        try
        {
            await ReadNothingAsync<UserRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<LoginRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<SessionRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<RefreshTokenRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<ApiTokenRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<ProviderTokenRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<ReplayRow>(lease.Context, cancellationToken);
            await ReadNothingAsync<OneTimeCodeRow>(lease.Context, cancellationToken);
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

    private async Task<T> ReadAsync<T>(Func<DbContext, Task<T>> query)
    {
        await using ContextLease lease = contexts.Open();
        return await engine.GuardAsync(() => query(lease.Context));
    }

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
