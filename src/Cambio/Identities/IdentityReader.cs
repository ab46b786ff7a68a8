using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Identities;

/// <summary>Entry of the room: reads who it is from signed claims or from the provider's profile calls.</summary>
internal sealed class IdentityReader(ProfileReader profiles)
{
    public async Task<Result<ExternalIdentity>> ReadAsync(Provider provider, Authorization authorization, CancellationToken cancellationToken)
    {
        var scope = new AnswerScope(provider, authorization.AccessToken) { Code = authorization.Code };
        scope.Add("token", authorization.TokenResponse);
        scope.Add("id_token", authorization.IdTokenClaims);
        scope.Add("proof", authorization.Proof);
        scope.Add("form", authorization.Form);
        scope.Add("callback", authorization.Callback);

        Result<MappedClaims> mapped = await MapAsync(scope, authorization, cancellationToken);
        if (!mapped.IsSuccess)
        {
            return mapped.Error;
        }

        MappedClaims claims = mapped.Value;
        if (authorization.ProvenSubject is { } proven && proven != claims.Subject)
        {
            return ExchangeError.InvalidGrant("subject_mismatch");
        }

        foreach ((string name, ConditionDefinition condition) in provider.Definition.Gate)
        {
            if (!condition.Holds(scope))
            {
                return ExchangeError.AccessDenied($"gate_{name}");
            }
        }

        return ToIdentity(provider, claims, scope);
    }

    private async Task<Result<MappedClaims>> MapAsync(AnswerScope scope, Authorization authorization, CancellationToken cancellationToken)
    {
        ProviderDefinition definition = scope.Provider.Definition;
        MappedClaims? signed = null;
        if (authorization.IdTokenClaims is { } claims)
        {
            signed = ClaimMapper.Map(definition.IdToken?.Claims, scope.WithRoot(claims));
            if (signed.Subject is null)
            {
                return ExchangeError.InvalidGrant("subject_unusable");
            }

            if (authorization.AccessToken is null || definition.IdToken is { Complete: true })
            {
                return signed;
            }
        }

        Result<JsonElement> profile = await profiles.ReadAsync(scope, cancellationToken);
        if (!profile.IsSuccess)
        {
            return profile.Error;
        }

        MappedClaims read = ClaimMapper.Map(definition.Claims, scope.WithRoot(profile.Value));
        if (read.Subject is null)
        {
            return ExchangeError.ProviderError("subject_unusable");
        }

        // OpenID Connect Core 5.3.2: a profile of another subject must not be used.
        return signed is null ? read
            : signed.Subject == read.Subject ? read.FillFrom(signed)
            : ExchangeError.InvalidGrant("subject_mismatch");
    }

    private static ExternalIdentity ToIdentity(Provider provider, MappedClaims claims, AnswerScope scope) => new()
    {
        Provider = provider.Id,
        Subject = claims.Subject!,
        PreferredUsername = claims.PreferredUsername,
        Name = claims.Name,
        GivenName = claims.GivenName,
        FamilyName = claims.FamilyName,
        Email = claims.Email,
        EmailVerified = claims is { Email: not null, EmailVerified: true },
        EmailTrusted = claims is { Email: not null, EmailVerified: true } && EmailTrust.Covers(provider.EmailTrust, claims.Email, scope),
        Picture = claims.Picture,
        Locale = claims.Locale,
        Profile = claims.Profile,
    };
}
