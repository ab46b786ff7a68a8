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

    public ImmutableDictionary<string, DateTimeOffset> Replays { get; init; } =
        ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    public ImmutableList<ProtectedSigningKey> SigningKeys { get; init; } = [];
}
