using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>A JWT whose sender does not say which kind of token it is (RFC 8693 3, <c>urn:ietf:params:oauth:token-type:jwt</c>).</summary>
/// <param name="Token">The compact JWS.</param>
/// <param name="Nonce">The nonce of the authentication request, raw, when one was sent; counts for an ID token.</param>
internal sealed record UntypedJwt(string Token, string? Nonce = null) : Credential
{
    public override string Kind => "jwt";

    /// <summary>The kind that its header names, else the one that the provider takes; null when it is no JWT. Nothing of it is believed yet.</summary>
    public Credential? Resolve(Provider provider)
    {
        if (CompactJws.TryParse(Token) is not { } jws)
        {
            return null;
        }

        // RFC 9068 2.1: an access token says so, and no ID token may.
        bool isAccessToken = JwtHeader.AccessTokenTypes.Contains(JsonText.Member(jws.Header, "typ"), StringComparer.OrdinalIgnoreCase);
        return isAccessToken || !Acceptance.Takes(provider, "id_token") ? new AccessToken(Token) : new IdToken(Token, Nonce);
    }
}
