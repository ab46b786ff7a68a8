using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>What a provider's ID tokens must show (OpenID Connect Core 3.1.3.7).</summary>
public sealed record IdTokenDefinition
{
    /// <summary>Accepted <c>iss</c> values, compared exactly. <c>{claim}</c> stands for a claim of the token. Absent: the definition's issuer.</summary>
    public TextList Issuers { get => field ?? []; init; }

    /// <summary>
    /// Accepted signature algorithms. Absent: RS256 and ES256. HS256 takes the client secret as its key, which must then have at least 32 bytes
    /// (OpenID Connect Core 10.1).
    /// </summary>
    public TextList Algorithms { get => field ?? ["RS256", "ES256"]; init; }

    /// <summary>How the token's nonce is compared with the raw one.</summary>
    public NonceComparison Nonce { get; init; }

    /// <summary>Conditions on the claims, by name, else the token is refused.</summary>
    public IReadOnlyDictionary<string, ConditionDefinition> Require { get => field ?? Nothing<ConditionDefinition>.Map; init; }

    /// <summary>True: the token carries the whole profile, so that no userinfo call follows a code that brought one.</summary>
    public bool Complete { get; init; }

    /// <summary>Where each claim stands in the token. Absent: under its standard name.</summary>
    public ClaimsDefinition? Claims { get; init; }
}

/// <summary>How an ID token's nonce is compared with the raw one of the request.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<NonceComparison>))]
public enum NonceComparison
{
    /// <summary>Equal to it, or to its SHA-256 in hex or base64url.</summary>
    ExactOrSha256,

    /// <summary>Equal to it.</summary>
    Exact,
}
