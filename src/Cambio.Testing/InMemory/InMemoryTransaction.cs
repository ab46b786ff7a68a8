using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>One transaction: the state that it began with, and what it made of it.</summary>
internal sealed class InMemoryTransaction : IStoreTransaction
{
    public InMemoryTransaction(InMemoryState state)
    {
        State = state;
        Accounts = new InMemoryAccounts(this);
        Sessions = new InMemorySessions(this);
        ProviderTokens = new InMemoryProviderTokens(this);
        Replays = new InMemoryReplays(this);
        Codes = new InMemoryCodes(this);
    }

    public InMemoryState State { get; set; }

    public IAccountStore Accounts { get; }

    public ISessionStore Sessions { get; }

    public IProviderTokenStore ProviderTokens { get; }

    public IReplayStore Replays { get; }

    public IOneTimeCodeStore Codes { get; }
}
