using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>
/// What is known of a provider: a value, never a class. One <c>provider.json</c> of the catalogue, or the same keys in settings.
/// Addresses and values may hold <c>{variable}</c> templates.
/// </summary>
public sealed record ProviderDefinition
{
    /// <summary>The call that goes first and names the user.</summary>
    internal const string Profile = "profile";

    /// <summary>The address of the JSON schema, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The name that people know it by, for buttons and pages.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own documentation of its sign-in.</summary>
    public string? Docs { get; init; }

    /// <summary>Other names that people look it up by; never ids.</summary>
    public TextList Aliases { get => field ?? []; init; }

    /// <summary>Its slug in the icon set simple-icons (CC0). Absent: pages draw its first letter.</summary>
    public string? Icon { get; init; }

    /// <summary>How many independent public catalogues name the same authorization and token addresses. Absent: nobody compared.</summary>
    public int? Agreement { get; init; }

    /// <summary>Why new applications should not choose it, and what to choose instead.</summary>
    public string? Deprecated { get; init; }

    /// <summary>The shelf it stands on: social, work, developer, games, commerce, regional, identity or other.</summary>
    public string? Category { get; init; }

    /// <summary>What an operator fills in beside the client id, by name: <c>{tenant}</c> in addresses is <c>Cambio:Providers:{id}:Tenant</c>.</summary>
    public IReadOnlyDictionary<string, VariableDefinition> Variables { get => field ?? Nothing<VariableDefinition>.Map; init; }

    /// <summary>OpenID Connect issuer. With it, whatever address is left out here is read from its discovery document.</summary>
    public string? Issuer { get; init; }

    /// <summary>Where the discovery document stands, when not at the issuer's <c>/.well-known/openid-configuration</c>.</summary>
    public string? ConfigurationEndpoint { get; init; }

    /// <summary>RFC 6749 3.1.</summary>
    public string? AuthorizationEndpoint { get; init; }

    /// <summary>RFC 6749 3.2.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>RFC 7009.</summary>
    public string? RevocationEndpoint { get; init; }

    /// <summary>The keys that sign its ID tokens (RFC 7517 5).</summary>
    public string? JwksUri { get; init; }

    /// <summary>How the authorization request departs from RFC 6749 4.1.1.</summary>
    public AuthorizationRequestDefinition Authorization { get => field ?? AuthorizationRequestDefinition.Standard; init; }

    /// <summary>How the token request and its answer depart from RFC 6749 4.1.3 and 5.1.</summary>
    public TokenRequestDefinition Token { get => field ?? TokenRequestDefinition.Standard; init; }

    /// <summary>
    /// How refreshing (RFC 6749 6) departs from <see cref="Token"/>: what is not set here is as there. With <c>{access_token}</c> in it the
    /// provider renews the access token by itself, without a refresh token, while it is good.
    /// </summary>
    public TokenRequestDefinition? Refresh { get; init; }

    /// <summary>
    /// How a short-lived access token, <c>{access_token}</c>, is exchanged for a long-lived one; what is not set here is as in
    /// <see cref="Token"/>. Absent: there is no such call.
    /// </summary>
    public TokenRequestDefinition? Extension { get; init; }

    /// <summary>
    /// How revoking departs from RFC 7009 2.1; <c>auth</c>, if not set here, is as in <see cref="Token"/>. A provider that takes nothing but
    /// the access token has <c>{access_token}</c> in it.
    /// </summary>
    public TokenRequestDefinition? Revocation { get; init; }

    /// <summary>
    /// The calls that read the identity, by name. <c>profile</c> goes first and is what unprefixed claim paths read;
    /// the others may use its answer (<c>{profile.id}</c>) and are read as <c>name.path</c>.
    /// </summary>
    public IReadOnlyDictionary<string, ProviderCallDefinition> Userinfo { get => field ?? Nothing<ProviderCallDefinition>.Map; init; }

    /// <summary>Hosts that an address made from a provider's answer may have; <c>.example.com</c> means any below it.</summary>
    public TextList AllowedHosts { get => field ?? []; init; }

    /// <summary>What its ID tokens must show. Absent: it has none that we take.</summary>
    public IdTokenDefinition? IdToken { get; init; }

    /// <summary>How a bare access token is proven to be ours. Absent: bare access tokens are refused.</summary>
    public AccessTokenProofDefinition? AccessTokenProof { get; init; }

    /// <summary>
    /// The kinds of credential taken unless settings say otherwise: <c>code</c>, <c>id_token</c>, <c>access_token</c>.
    /// Absent: all that the definition can verify, save a proof marked uncertain.
    /// </summary>
    public TextList? Accepts { get; init; }

    /// <summary>
    /// For which addresses the verified flag is good enough to link an account: <c>verified</c> (any), mail domains such as
    /// <c>gmail.com</c>, <c>claim:hd</c> (addresses of the domain that the claim names), or <c>never</c>. Absent: never.
    /// </summary>
    public TextList EmailTrust { get => field ?? []; init; }

    /// <summary>Where each OpenID Connect claim stands in the answers. Absent: under its standard name.</summary>
    public ClaimsDefinition? Claims { get; init; }

    /// <summary>Conditions that the answers must meet, by name, else <c>access_denied</c>: a membership, a claim.</summary>
    public IReadOnlyDictionary<string, ConditionDefinition> Gate { get => field ?? Nothing<ConditionDefinition>.Map; init; }

    /// <summary>What the provider tells by itself, by the name that its address ends in: <c>POST /auth/{provider}/signals/{name}</c>.</summary>
    public IReadOnlyDictionary<string, SignalDefinition> Signals { get => field ?? Nothing<SignalDefinition>.Map; init; }

    /// <summary>
    /// A built-in for what data cannot say, named after its cryptography: <c>appsecret_proof</c>, <c>es256_client_secret</c>,
    /// <c>md5_signature</c>, <c>rsa_sha256_signature</c>.
    /// </summary>
    public string? Quirk { get; init; }

    /// <summary>The whole refresh request.</summary>
    internal TokenRequestDefinition RefreshRequest => Refresh?.Over(Token) ?? Token;

    /// <summary>The whole revocation request. RFC 7009 2.1: the client authenticates as at the token endpoint.</summary>
    internal TokenRequestDefinition RevocationRequest => (Revocation ?? TokenRequestDefinition.Standard) with { Auth = Revocation?.Auth ?? Token.Auth };

    /// <summary>The whole extension request; null where there is none.</summary>
    internal TokenRequestDefinition? ExtensionRequest => Extension?.Over(Token);

    /// <summary>Whether the audience proof asks what the profile call asks, in the same words.</summary>
    internal bool ProfileIsProof() =>
        AccessTokenProof is { Kind: AccessTokenProofKind.Request, Request: { } proof } && Userinfo.TryGetValue(Profile, out ProviderCallDefinition? profile)
        && JsonNode.DeepEquals(
            JsonSerializer.SerializeToNode(proof, DefinitionJson.Default.ProviderCallDefinition),
            JsonSerializer.SerializeToNode(profile, DefinitionJson.Default.ProviderCallDefinition));

    /// <summary>The access token is a JWT that holds the whole profile, so that no call reads it.</summary>
    internal bool HasProfileInAccessToken =>
        Userinfo.Count == 0 && AccessTokenProof is { Kind: AccessTokenProofKind.Jwt }
        && Claims?.Sub is { Count: > 0 } sub && sub.All(source => source.StartsWith("proof.", StringComparison.Ordinal));
}

/// <summary>Something that an operator fills in, such as a tenant or a host.</summary>
public sealed record VariableDefinition
{
    /// <summary>What to fill in, for pages and error messages.</summary>
    public required string Title { get; init; }

    /// <summary>A regular expression that the whole value must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The value when the operator gives none. Absent: the operator must.</summary>
    public string? Default { get; init; }

    /// <summary>A value that fits, for documentation and for the sandbox.</summary>
    public string? Example { get; init; }

    /// <summary>What the value is: text by default, or a private key that is never shown.</summary>
    public VariableKind Kind { get; init; }
}

/// <summary>What a variable's value is.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<VariableKind>))]
public enum VariableKind
{
    /// <summary>Text that may be shown.</summary>
    Text,

    /// <summary>Text that is never shown, such as an API key.</summary>
    Secret,

    /// <summary>A PKCS#8 P-256 private key in PEM (RFC 5958); never shown.</summary>
    EcPrivateKey,

    /// <summary>A PKCS#8 RSA private key of at least 2048 bits in PEM (RFC 5958); never shown.</summary>
    RsaPrivateKey,
}
