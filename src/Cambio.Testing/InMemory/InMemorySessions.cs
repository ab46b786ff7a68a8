using System.Collections.Immutable;
using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>Sessions, their refresh tokens and API tokens, inside one transaction.</summary>
internal sealed class InMemorySessions(InMemoryTransaction transaction) : ISessionStore
{
    public Task AddAsync(Session session, RefreshToken token, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = Open(transaction.State, session);
        if (state.RefreshTokens.ContainsKey(InMemoryState.Key(token.Hash)))
        {
            throw new StoreConflictException("The refresh token exists already.");
        }

        transaction.State = state with { RefreshTokens = state.RefreshTokens.Add(InMemoryState.Key(token.Hash), token) };
        return Task.CompletedTask;
    }

    public Task AddAsync(Session session, ProtectedApiToken token, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = Open(transaction.State, session);
        if (state.ApiTokens.ContainsKey(InMemoryState.Key(token.Hash)) || state.ApiTokens.Values.Any(other => other.User == token.User))
        {
            throw new StoreConflictException("The user has an API token already.");
        }

        transaction.State = state with { ApiTokens = state.ApiTokens.Add(InMemoryState.Key(token.Hash), token) };
        return Task.CompletedTask;
    }

    public Task AddAsync(Session session, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        transaction.State = Open(transaction.State, session);
        return Task.CompletedTask;
    }

    public Task<ProtectedApiToken?> FindApiTokenAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(transaction.State.ApiTokens.Values.FirstOrDefault(token => token.User == user));
    }

    public Task TouchAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        if (state.Sessions.TryGetValue(sessionId, out Session? session))
        {
            transaction.State = state with { Sessions = state.Sessions.SetItem(sessionId, session with { LastUsedAt = now }) };
        }

        return Task.CompletedTask;
    }

    public Task<RefreshLookup?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(transaction.State.RefreshToken(hash));
    }

    public Task RotateAsync(RefreshToken spent, RefreshToken successor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        ImmutableDictionary<string, RefreshToken> tokens = state.RefreshTokens;
        if (tokens.ContainsKey(InMemoryState.Key(successor.Hash)))
        {
            throw new StoreConflictException("The refresh token exists already.");
        }

        RefreshToken presented = tokens[InMemoryState.Key(spent.Hash)];
        tokens = tokens.SetItem(InMemoryState.Key(spent.Hash), presented with { UsedAt = spent.UsedAt, Retried = spent.Retried });
        foreach ((string key, RefreshToken sibling) in tokens.Where(
            entry => spent.Parent is not null && InMemoryState.IsChild(entry.Value, spent.Parent) && entry.Value.UsedAt is null))
        {
            tokens = tokens.SetItem(key, sibling with { UsedAt = now, Retried = true });
        }

        transaction.State = state with
        {
            RefreshTokens = tokens.Add(InMemoryState.Key(successor.Hash), successor),
            Sessions = state.Sessions.SetItem(successor.SessionId, state.Sessions[successor.SessionId] with { LastUsedAt = now }),
        };
        return Task.CompletedTask;
    }

    public Task<int> EndAsync(SessionFilter which, DateTimeOffset now, CancellationToken cancellationToken)
    {
        which.EnsureBounded();
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        Session[] matching = [.. state.Sessions.Values.Where(session => Matches(which, session))];
        Session[] open = [.. matching.Where(static session => session.EndedAt is null)];
        transaction.State = state.WithoutTokensOf(matching.Select(static session => session.Id).ToHashSet(StringComparer.Ordinal)) with
        {
            Sessions = state.Sessions.SetItems(open.Select(session => KeyValuePair.Create(session.Id, session with { EndedAt = now }))),
        };
        return Task.FromResult(open.Length);
    }

    private static bool Matches(SessionFilter which, Session session) =>
        (which.Id is null || session.Id == which.Id)
        && (which.User is null || session.User == which.User)
        && (which.Provider is null || session.Provider == which.Provider)
        && (which.Subject is null || session.Subject == which.Subject)
        && (which.ProviderSessionId is null || session.ProviderSessionId == which.ProviderSessionId)
        && session.Id != which.Except;

    private static InMemoryState Open(InMemoryState state, Session session)
    {
        if (!state.Users.ContainsKey(session.User.Id))
        {
            throw new InvalidOperationException("A session needs a user that exists.");
        }

        return state.Sessions.ContainsKey(session.Id)
            ? throw new StoreConflictException("The session exists already.")
            : state with { Sessions = state.Sessions.Add(session.Id, session) };
    }
}
