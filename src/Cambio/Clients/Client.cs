namespace Cambio.Clients;

/// <summary>A confidential client of ours: an application that shows a secret (RFC 6749 2.1).</summary>
public sealed class Client
{
    /// <summary>Its id, the name of its section in the settings.</summary>
    public required string Id { get; init; }

    /// <summary>The providers whose credentials it may exchange; empty for all.</summary>
    public IReadOnlyCollection<string> Providers { get; init; } = [];

    /// <summary>The grants that it may use at the token endpoint, by their <c>grant_type</c>; empty for all.</summary>
    public IReadOnlyCollection<string> Grants { get; init; } = [];

    /// <summary>Whether it may exchange this provider's credentials.</summary>
    /// <param name="provider">The provider's id.</param>
    public bool MayUse(string provider) => Providers.Count == 0 || Providers.Contains(provider, StringComparer.Ordinal);

    /// <summary>Whether it may use this grant.</summary>
    /// <param name="grantType">The <c>grant_type</c>.</param>
    public bool MayGrant(string grantType) => Grants.Count == 0 || Grants.Contains(grantType, StringComparer.Ordinal);

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
