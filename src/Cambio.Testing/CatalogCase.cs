using System.Text.Json;

namespace Cambio.Testing;

/// <summary>
/// One <c>*.case.json</c> of the catalogue: what a provider answers about one user, and the identity that must come of it.
/// Read strictly: an unknown or doubled key is an error.
/// </summary>
public sealed record CatalogCase
{
    /// <summary>Where the shape of the answers was taken from: the address of the provider's own documentation, or another reference.</summary>
    public required string Source { get; init; }

    /// <summary>What the case shows.</summary>
    public string? Note { get; init; }

    /// <summary>Our client id in the answers, where it must have a certain form. Absent: any.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// The bodies of the answers, by name: <c>token</c>, <c>refresh</c> and <c>extension</c> (each
    /// like <c>token</c> where it is not there), <c>id_token</c> (the claims that are signed), <c>proof</c> (where access tokens are
    /// JWTs, the claims of one), <c>form</c> (the JSON posted beside a code) and each userinfo call by its own; with <c>_refused</c> behind a
    /// name, what is answered to an unknown credential. A credential is exercised where its answer is there: a code with <c>token</c>, an ID
    /// token with <c>id_token</c>, an access token with <c>proof</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, JsonElement> Answers { get; init; }

    /// <summary>The HTTP statuses of answers that are not a 200, by the same names.</summary>
    public IReadOnlyDictionary<string, int> Statuses { get => field ?? NoStatuses; init; } = NoStatuses;

    /// <summary>The identity that comes out, whichever credential is exchanged. Absent where the case is refused.</summary>
    public CatalogIdentity? Identity { get; init; }

    /// <summary>The identity that an ID token alone yields, where it tells something else.</summary>
    public CatalogIdentity? IdTokenIdentity { get; init; }

    /// <summary>The error code that comes instead of an identity, one of <see cref="ErrorCodes"/>.</summary>
    public string? Refuses { get; init; }

    private static readonly Dictionary<string, int> NoStatuses = [];
}
