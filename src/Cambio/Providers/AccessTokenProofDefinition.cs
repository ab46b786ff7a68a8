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

    /// <summary>True: nobody confirmed that it works as remembered, so access tokens stay refused until the operator sets <c>Accepts</c>.</summary>
    public bool Uncertain { get; init; }
}

/// <summary>The kinds of audience proof.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AccessTokenProofKind>))]
public enum AccessTokenProofKind
{
    /// <summary>A call of the provider's own that names the application of a token.</summary>
    Request,

    /// <summary>RFC 7662: <c>active</c> is true and <c>client_id</c> is ours.</summary>
    Introspection,
}
