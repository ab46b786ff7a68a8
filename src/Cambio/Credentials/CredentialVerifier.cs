using System.Text;
using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>The room's way in: does the credential vouch for somebody, and to us?</summary>
internal sealed class CredentialVerifier(AuthorizationCodeRedeemer codes, IdTokenValidator idTokens, AccessTokenProof proofs)
{
    private const int DeepestForm = 8;

    /// <summary>Verifies one credential. What the provider does not take is refused before anybody is called.</summary>
    public async Task<Result<Authorization>> VerifyAsync(Provider provider, Credential credential, CancellationToken cancellationToken)
    {
        if (credential is UntypedJwt jwt)
        {
            return jwt.Resolve(provider) is { } typed ? await VerifyAsync(provider, typed, cancellationToken) : ExchangeError.InvalidGrant("jwt_malformed");
        }

        if (Acceptance.Refusal(provider, credential) is { } refusal)
        {
            return refusal;
        }

        return credential switch
        {
            AuthorizationCode code => await RedeemAsync(provider, code, cancellationToken),
            IdToken token => await ValidateAsync(provider, token, cancellationToken),
            AccessToken token => await ProveAsync(provider, token, cancellationToken),
            _ => Acceptance.NotTaken(provider, "credential_kind_not_accepted"),
        };
    }

    private async Task<Result<Authorization>> RedeemAsync(Provider provider, AuthorizationCode code, CancellationToken cancellationToken)
    {
        Result<TokenResponse> redeemed = await codes.RedeemAsync(provider, code, cancellationToken);
        if (!redeemed.IsSuccess)
        {
            return redeemed.Error;
        }

        TokenResponse tokens = redeemed.Value;
        JsonElement? claims = null;
        if (tokens.IdToken is { } idToken && provider.Definition.IdToken is not null)
        {
            Result<ValidIdToken> valid = await idTokens.ValidateAsync(provider, idToken, code.Nonce, tokens.AccessToken, isBare: false, cancellationToken);
            if (!valid.IsSuccess)
            {
                return valid.Error;
            }

            claims = valid.Value.Claims;
        }

        if (claims is null && code.Nonce is not null && provider.Definition.IdToken is not null && provider.Scope.Contains("openid", StringComparer.Ordinal))
        {
            // Who sent a nonce with the scope openid asked for the token that holds it (OpenID Connect Core 3.1.2.1); without it nothing was compared.
            return ExchangeError.InvalidGrant("id_token_missing");
        }

        ProvenToken? proven = null;
        if (tokens.AccessToken is { } accessToken && provider.Definition.HasProfileInAccessToken)
        {
            Result<ProvenToken> proof = await proofs.ProveAsync(provider, new AccessToken(accessToken), cancellationToken);
            if (!proof.IsSuccess)
            {
                return proof.Error;
            }

            proven = proof.Value;
        }

        // No replay mark: the code is spent at the provider, and the token never left our hands.
        return new Authorization
        {
            Kind = code.Kind,
            AccessToken = tokens.AccessToken,
            RefreshToken = tokens.RefreshToken,
            AccessTokenExpiresAt = tokens.ExpiresAt ?? proven?.ExpiresAt,
            TokenResponse = tokens.Body,
            IdTokenClaims = claims,
            Proof = proven?.Answer,
            ProvenSubject = proven?.Subject,
            Form = Form(code.User),
            Code = code.Code,
            Callback = CallbackParameters.Of(provider, code),
        };
    }

    private async Task<Result<Authorization>> ValidateAsync(Provider provider, IdToken token, CancellationToken cancellationToken)
    {
        Result<ValidIdToken> valid = await idTokens.ValidateAsync(provider, token.Token, token.Nonce, accessToken: null, isBare: true, cancellationToken);
        return valid.IsSuccess
            ? new Authorization { Kind = token.Kind, IdTokenClaims = valid.Value.Claims, Replay = valid.Value.Replay, Form = Form(token.User) }
            : valid.Error;
    }

    private async Task<Result<Authorization>> ProveAsync(Provider provider, AccessToken token, CancellationToken cancellationToken)
    {
        Result<ProvenToken> proven = await proofs.ProveAsync(provider, token, cancellationToken);
        return proven.IsSuccess
            ? new Authorization
            {
                Kind = token.Kind,
                AccessToken = token.Token,
                AccessTokenExpiresAt = proven.Value.ExpiresAt,
                Proof = proven.Value.Answer,
                ProvenSubject = proven.Value.Subject,
            }
            : proven.Error;
    }

    // It decorates at most, so that what cannot be read is left out rather than refused.
    private static JsonElement? Form(string? text) =>
        text is { Length: > 0 and <= CredentialLimits.User }
        && StrictJson.Parse(Encoding.UTF8.GetBytes(text), DeepestForm) is { ValueKind: JsonValueKind.Object } form
            ? form
            : null;
}
