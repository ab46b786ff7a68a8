using System.Collections.Immutable;
using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>Sessions and refresh tokens, inside one transaction.</summary>
internal sealed class InMemorySessions(InMemoryTransaction transaction) : ISessionStore
{
    public Task AddAsync(Session session, RefreshToken token, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        if (!state.Users.ContainsKey(session.User.Id))
        {
            throw new InvalidOperationException("A session needs a user that exists.");
        }

        if (state.Sessions.ContainsKey(session.Id) || state.RefreshTokens.ContainsKey(Key(token.Hash)))
        {
            throw new StoreConflictException("The session or its refresh token exists already.");
        }

        transaction.State = state with
        {
            Sessions = state.Sessions.Add(session.Id, session),
            RefreshTokens = state.RefreshTokens.Add(Key(token.Hash), token),
        };
        return Task.CompletedTask;
    }

    public Task<RefreshLookup?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        if (!state.RefreshTokens.TryGetValue(Key(hash), out RefreshToken? token))
        {
            return Task.FromResult<RefreshLookup?>(null);
        }

        Session session = state.Sessions[token.SessionId];
        bool successorUsed = state.RefreshTokens.Values.Any(child => IsChild(child, hash) && child.UsedAt is not null);
        return Task.FromResult<RefreshLookup?>(new RefreshLookup(token, session, state.Users[session.User.Id], successorUsed));
    }

    public Task RotateAsync(RefreshToken spent, RefreshToken successor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        ImmutableDictionary<string, RefreshToken> tokens = state.RefreshTokens;
        if (tokens.ContainsKey(Key(successor.Hash)))
        {
            throw new StoreConflictException("The refresh token exists already.");
        }

        RefreshToken presented = tokens[Key(spent.Hash)];
        tokens = tokens.SetItem(Key(spent.Hash), presented with { UsedAt = spent.UsedAt, Retried = spent.Retried });
        foreach ((string key, RefreshToken sibling) in tokens.Where(
            entry => spent.Parent is not null && IsChild(entry.Value, spent.Parent) && entry.Value.UsedAt is null))
        {
            tokens = tokens.SetItem(key, sibling with { UsedAt = now, Retried = true });
        }

        transaction.State = state with
        {
            RefreshTokens = tokens.Add(Key(successor.Hash), successor),
            Sessions = state.Sessions.SetItem(successor.SessionId, state.Sessions[successor.SessionId] with { LastUsedAt = now }),
        };
        return Task.CompletedTask;
    }

    public Task EndAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        if (state.Sessions.TryGetValue(sessionId, out Session? session))
        {
            transaction.State = state with
            {
                Sessions = state.Sessions.SetItem(sessionId, session with { EndedAt = session.EndedAt ?? now }),
                RefreshTokens = state.RefreshTokens.RemoveRange(
                    state.RefreshTokens.Where(entry => entry.Value.SessionId == sessionId).Select(static entry => entry.Key)),
            };
        }

        return Task.CompletedTask;
    }

    private static bool IsChild(RefreshToken token, byte[] parent) => token.Parent is not null && token.Parent.AsSpan().SequenceEqual(parent);

    private static string Key(byte[] hash) => Convert.ToHexString(hash);
}
