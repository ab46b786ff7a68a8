using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>One address of ours that the provider tells something: <c>POST /auth/{provider}/signals/{name}</c>.</summary>
public sealed record SignalDefinition
{
    /// <summary>How the provider writes it.</summary>
    public required SignalFormat Format { get; init; }

    /// <summary>For <c>signed_request</c>: what it ends.</summary>
    public SignalEffect? Effect { get; init; }

    /// <summary>For <c>security_event_token</c> and <c>notification_token</c>: what each type of event ends.</summary>
    public SignalTypesDefinition Types { get => field ?? SignalTypesDefinition.Nothing; init; }

    /// <summary>Accepted <c>iss</c> values, compared exactly. Absent: those of its ID tokens.</summary>
    public TextList Issuers { get => field ?? []; init; }

    /// <summary>Accepted signature algorithms. Absent: those of its ID tokens.</summary>
    public TextList Algorithms { get => field ?? []; init; }

    /// <summary>The keys that sign it (RFC 7517 5). Absent: those of its ID tokens.</summary>
    public string? JwksUri { get; init; }

    /// <summary>For <c>notification_token</c>: the member of the posted JSON that holds the token. Absent: <c>payload</c>.</summary>
    public string Member { get => field ?? "payload"; init; }

    /// <summary>For <c>notification_token</c>: path of the type in the claim <c>events</c>. Absent: <c>type</c>.</summary>
    public string Type { get => field ?? "type"; init; }

    /// <summary>
    /// Path of the user's id as logins have it: in the claims, for <c>notification_token</c> in the claim <c>events</c>. Absent:
    /// <c>user_id</c> of a <c>signed_request</c>, <c>sub</c> of the others; for <c>security_event_token</c> whatever RFC 9493 makes its subject.
    /// </summary>
    public string? Subject { get; init; }
}

/// <summary>Types of events, by what they end. One that is not listed is acknowledged and ends nothing.</summary>
public sealed record SignalTypesDefinition
{
    internal static SignalTypesDefinition Nothing { get; } = new();

    /// <summary>Types that end sessions.</summary>
    [JsonPropertyName("end_sessions")]
    public TextList EndSessions { get => field ?? []; init; }

    /// <summary>Types that revoke.</summary>
    public TextList Revoke { get => field ?? []; init; }

    /// <summary>Types that delete.</summary>
    public TextList Delete { get => field ?? []; init; }

    /// <summary>Types that are known and end nothing.</summary>
    public TextList None { get => field ?? []; init; }

    /// <summary>Every type with what it ends.</summary>
    internal IEnumerable<(string Type, SignalEffect Effect)> All() =>
    [
        .. EndSessions.Select(type => (type, SignalEffect.EndSessions)), .. Revoke.Select(type => (type, SignalEffect.Revoke)),
        .. Delete.Select(type => (type, SignalEffect.Delete)), .. None.Select(type => (type, SignalEffect.None)),
    ];

    /// <summary>What a type ends; null for one that is not listed.</summary>
    internal SignalEffect? EffectOf(string type) =>
        All().Where(listed => listed.Type == type).Select(listed => (SignalEffect?)listed.Effect).FirstOrDefault();
}

/// <summary>How providers write what they tell.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SignalFormat>))]
public enum SignalFormat
{
    /// <summary>A form with <c>signed_request</c>: a JSON object and its HMAC-SHA256 under the client secret.</summary>
    SignedRequest,

    /// <summary>A form with <c>logout_token</c> (OpenID Connect Back-Channel Logout 1.0). It ends sessions.</summary>
    LogoutToken,

    /// <summary>A security event token as the body (RFC 8417, pushed by RFC 8935), such as those of RISC and CAEP.</summary>
    SecurityEventToken,

    /// <summary>A JSON object with a JWT whose claim <c>events</c> is one event, written as an object or as JSON text.</summary>
    NotificationToken,
}

/// <summary>What a signal ends.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SignalEffect>))]
public enum SignalEffect
{
    /// <summary>Nothing; it is acknowledged.</summary>
    None,

    /// <summary>The sessions that the identity, or the provider's session, opened.</summary>
    EndSessions,

    /// <summary>The identity's sessions, and the provider's tokens that are kept for it.</summary>
    Revoke,

    /// <summary>As revoke, and the login; with its last login the whole account, else what the account has from the provider.</summary>
    Delete,
}
