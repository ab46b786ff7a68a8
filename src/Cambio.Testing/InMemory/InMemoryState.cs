using System.Collections.Immutable;
using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>All that the store holds, immutable: a transaction works on a version of its own, and committing swaps it in.</summary>
internal sealed record InMemoryState
{
    public static InMemoryState Empty { get; } = new();

    public ImmutableDictionary<string, Account> Users { get; init; } = ImmutableDictionary.Create<string, Account>(StringComparer.Ordinal);

    public ImmutableDictionary<(string Provider, string Subject), Login> Logins { get; init; } =
        ImmutableDictionary<(string Provider, string Subject), Login>.Empty;

    public ImmutableDictionary<(string Provider, string Subject), ProtectedProviderTokens> ProviderTokens { get; init; } =
        ImmutableDictionary<(string Provider, string Subject), ProtectedProviderTokens>.Empty;

    public ImmutableDictionary<string, Session> Sessions { get; init; } = ImmutableDictionary.Create<string, Session>(StringComparer.Ordinal);

    /// <summary>By the hash in hexadecimal.</summary>
    public ImmutableDictionary<string, RefreshToken> RefreshTokens { get; init; } =
        ImmutableDictionary.Create<string, RefreshToken>(StringComparer.Ordinal);

    /// <summary>By the hash in hexadecimal.</summary>
    public ImmutableDictionary<string, ProtectedApiToken> ApiTokens { get; init; } =
        ImmutableDictionary.Create<string, ProtectedApiToken>(StringComparer.Ordinal);

    /// <summary>By the hash in hexadecimal.</summary>
    public ImmutableDictionary<string, OneTimeCode> Codes { get; init; } =
        ImmutableDictionary.Create<string, OneTimeCode>(StringComparer.Ordinal);

    public ImmutableDictionary<string, DateTimeOffset> Replays { get; init; } =
        ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    public ImmutableList<ProtectedSigningKey> SigningKeys { get; init; } = [];

    public static string Key(byte[] hash) => Convert.ToHexString(hash);

    public IReadOnlyList<Login> LoginsOf(UserRef user) =>
    [
        .. Logins.Values
            .Where(login => login.User == user)
            .OrderBy(static login => login.LinkedAt)
            .ThenBy(static login => login.Provider, StringComparer.Ordinal)
            .ThenBy(static login => login.Subject, StringComparer.Ordinal),
    ];

    public SessionLookup? Session(string id) =>
        Sessions.TryGetValue(id, out Session? session) ? new SessionLookup(session, Users[session.User.Id]) : null;

    public RefreshLookup? RefreshToken(byte[] hash)
    {
        if (!RefreshTokens.TryGetValue(Key(hash), out RefreshToken? token))
        {
            return null;
        }

        Session session = Sessions[token.SessionId];
        bool successorUsed = RefreshTokens.Values.Any(child => IsChild(child, hash) && child.UsedAt is not null);
        return new RefreshLookup(token, session, Users[session.User.Id], successorUsed);
    }

    public InMemoryState WithoutWhatHangsOn(UserRef user)
    {
        HashSet<string> sessions = [.. Sessions.Values.Where(session => session.User == user).Select(static session => session.Id)];
        return WithoutTokensOf(sessions) with
        {
            Logins = Logins.RemoveRange(Logins.Where(entry => entry.Value.User == user).Select(static entry => entry.Key)),
            ProviderTokens = ProviderTokens.RemoveRange(
                ProviderTokens.Where(entry => entry.Value.User == user).Select(static entry => entry.Key)),
            Sessions = Sessions.RemoveRange(sessions),
        };
    }

    public InMemoryState WithoutTokensOf(IReadOnlySet<string> sessions) => this with
    {
        RefreshTokens = RefreshTokens.RemoveRange(
            RefreshTokens.Where(entry => sessions.Contains(entry.Value.SessionId)).Select(static entry => entry.Key)),
        ApiTokens = ApiTokens.RemoveRange(
            ApiTokens.Where(entry => sessions.Contains(entry.Value.SessionId)).Select(static entry => entry.Key)),
    };

    public static bool IsChild(RefreshToken token, byte[] parent) => token.Parent is not null && token.Parent.AsSpan().SequenceEqual(parent);
}
