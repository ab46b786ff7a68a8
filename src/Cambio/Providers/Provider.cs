using System.Collections.Frozen;

namespace Cambio.Providers;

/// <summary>One enabled provider: its definition, our registration there, and the settings, checked and filled in.</summary>
public sealed class Provider
{
    /// <summary>The id in addresses, settings and the store.</summary>
    public required string Id { get; init; }

    /// <summary>The definition, settings laid over it. Templates in it are not filled in.</summary>
    public required ProviderDefinition Definition { get; init; }

    /// <summary>Our client id there.</summary>
    public required string ClientId { get; init; }

    /// <summary>Our client secret there, if it has one.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>All client ids of ours whose tokens are accepted, <see cref="ClientId"/> among them. Ordinal.</summary>
    public required FrozenSet<string> Audiences { get; init; }

    /// <summary>The kinds of credential taken: <c>code</c>, <c>id_token</c>, <c>access_token</c>, in that order.</summary>
    public required TextList Accepts { get; init; }

    /// <summary>The scopes asked for.</summary>
    public required TextList Scope { get; init; }

    /// <summary>Scopes that a single sign-in may add.</summary>
    public TextList ExtraScope { get; init; } = [];

    /// <summary>The only redirect URIs that a code handed to us may have been sent to; empty for any.</summary>
    public TextList RedirectUris { get; init; } = [];

    /// <summary>A code handed to us must come with a PKCE verifier.</summary>
    public bool RequirePkce { get; init; }

    /// <summary>For which addresses its verified flag links accounts, as in <see cref="ProviderDefinition.EmailTrust"/>.</summary>
    public required TextList EmailTrust { get; init; }

    /// <summary>Values of the definition's variables, defaults filled in.</summary>
    public required FrozenDictionary<string, string> Variables { get; init; }

    /// <summary>Where a simulator plays this provider: calls go to <c>{simulator}/{host}/{path}</c>. Null in production.</summary>
    public Uri? Simulator { get => field ?? SimulatorSource?.Invoke(); init; }

    /// <summary>The proof of an access token and the profile are one and the same call, so that its answer serves for both.</summary>
    internal bool ProfileIsProof { get; init; }

    /// <summary>A simulator whose address is known only once it listens; asked at each call, and throws until then.</summary>
    internal Func<Uri>? SimulatorSource { get; init; }

    /// <summary>Whether <paramref name="value"/> is one of our client ids there.</summary>
    /// <param name="value">A client id that the provider named.</param>
    public bool IsOurs(string? value) => value is { Length: > 0 } && Audiences.Contains(value);

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
