using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>What a transaction can do.</summary>
internal sealed class StoreTransaction(DbContext context, IDatabaseEngine engine, StoreQueries queries) : IStoreTransaction
{
    public IAccountStore Accounts { get; } = new AccountStore(context, engine, queries);

    public ISessionStore Sessions { get; } = new SessionStore(context, engine, queries);

    public IProviderTokenStore ProviderTokens { get; } = new ProviderTokenStore(context, engine);

    public IReplayStore Replays { get; } = new ReplayStore(context, engine);

    public IOneTimeCodeStore Codes { get; } = new OneTimeCodeStore(context, engine);
}
