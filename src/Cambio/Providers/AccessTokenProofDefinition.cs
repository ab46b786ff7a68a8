using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>How a provider shows to whom it issued an access token.</summary>
public sealed record AccessTokenProofDefinition
{
    /// <summary>Which kind of proof.</summary>
    public AccessTokenProofKind Kind { get; init; }

    /// <summary>The call that asks. For <c>introspection</c> it may be absent: then RFC 7662 at the discovered endpoint.</summary>
    public ProviderCallDefinition? Request { get; init; }

    /// <summary>Paths of client ids in the answer: the first must be there, and each that is there must be one of ours.</summary>
    public TextList Audience { get => field ?? []; init; }

    /// <summary>The variable that holds what the audience is compared with, where that is not the client id.</summary>
    public string? AudienceVariable { get; init; }

    /// <summary>Path of the user's id in the answer; the profile's subject must equal it. Absent: the profile is read with the same token.</summary>
    public string? Subject { get; init; }

    /// <summary>Path of the seconds left; must be above zero.</summary>
    public string? ExpiresIn { get; init; }

    /// <summary>Path of the moment of expiry, in Unix seconds or RFC 3339; must be in the future. Zero means never.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>Conditions on the answer, by name, that must all hold.</summary>
    public IReadOnlyDictionary<string, ConditionDefinition> Require { get => field ?? Nothing<ConditionDefinition>.Map; init; }

    /// <summary>For <c>jwt</c>: accepted <c>iss</c> values, compared exactly. Absent: the definition's issuer.</summary>
    public TextList Issuers { get => field ?? []; init; }

    /// <summary>For <c>jwt</c>: accepted signature algorithms. Absent: RS256 and ES256.</summary>
    public TextList Algorithms { get => field ?? ["RS256", "ES256"]; init; }

    /// <summary>How well it is known that the proof works. An uncertain one is off until the operator sets <c>Accepts</c>. Absent: documented, by whoever wrote the definition.</summary>
    public ProofConfidence Confidence { get; init; }
}

/// <summary>The kinds of audience proof.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AccessTokenProofKind>))]
public enum AccessTokenProofKind
{
    /// <summary>A call of the provider's own that names the application of a token.</summary>
    Request,

    /// <summary>RFC 7662: <c>active</c> is true and <c>client_id</c> is ours.</summary>
    Introspection,

    /// <summary>
    /// The token is a JWT that the provider signed (such as RFC 9068); it is checked here, without a call, and its claims are the answer.
    /// Where the provider has ID tokens too, the header's <c>at+jwt</c>, a condition or another claim than aud and azp must tell them apart.
    /// </summary>
    Jwt,

    /// <summary>
    /// The profile call is signed with our own secret or key by the <see cref="ProviderDefinition.Quirk"/>, and fails for a token of another application.
    /// </summary>
    Signature,
}

/// <summary>How well a proof is known to work.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ProofConfidence>))]
public enum ProofConfidence
{
    /// <summary>The provider documents it.</summary>
    Documented,

    /// <summary>It is in use elsewhere and well remembered.</summary>
    Remembered,

    /// <summary>Nobody confirmed that it works as remembered.</summary>
    Uncertain,
}
