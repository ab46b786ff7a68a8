using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What the header of a JWT must be, by what the JWT is for.</summary>
/// <param name="Name">What it is, the beginning of every private reason.</param>
/// <param name="Types">The values of <c>typ</c> that it may have beside none, in lower case (RFC 8725 3.11).</param>
/// <param name="Algorithms">Accepted signature algorithms.</param>
internal sealed record JwtRules(string Name, string[] Types, TextList Algorithms)
{
    private static readonly string[] Plain = ["jwt"];

    /// <summary>Where the keys are, when not with those of ID tokens.</summary>
    public string? JwksUri { get; init; }

    private static readonly string[] PlainOrAccessToken = [.. Plain, .. JwtHeader.AccessTokenTypes];

    /// <summary>OpenID Connect Core 2.</summary>
    public static JwtRules IdToken(IdTokenDefinition definition) => new("id_token", Plain, definition.Algorithms);

    /// <summary>RFC 9068 2.1, and the many that say nothing in particular.</summary>
    public static JwtRules AccessToken(AccessTokenProofDefinition proof) =>
        new("access_token", PlainOrAccessToken, proof.Algorithms);

    /// <summary>What a provider tells by itself (such as OpenID Connect Back-Channel Logout 2.4, RFC 8417 2.3), its own type beside the plain one.</summary>
    public static JwtRules Signal(string name, string type, IdTokenDefinition? idToken, SignalDefinition signal) =>
        new(name, [.. Plain, type, $"application/{type}"], signal.Algorithms.Count > 0 ? signal.Algorithms : idToken?.Algorithms ?? []) { JwksUri = signal.JwksUri };

    /// <summary>OpenID Connect Core 5.3.2: signed as ID tokens are.</summary>
    public static JwtRules Userinfo(IdTokenDefinition definition) => new("userinfo", Plain, definition.Algorithms);
}
