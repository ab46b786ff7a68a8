using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Vault;

/// <summary>Asks a provider for a new access token (RFC 6749 6).</summary>
internal sealed class TokenRefresh(TokenCall calls, ProviderMetadata metadata, ILogger<TokenRefresh> logger)
{
    /// <summary>The private reason when the provider says that the refresh token is no longer good.</summary>
    public const string Dead = "provider_refresh_token_dead";

    private const string Grant = "refresh_token";

    /// <summary>Whether there is anything to ask with.</summary>
    public static bool CanAsk(Provider provider, ProviderTokens tokens, DateTimeOffset now) =>
        RenewsItself(provider) ? tokens.ExpiresAt > now : tokens.RefreshToken is not null;

    /// <summary>Whether an access token is renewed by itself, while it is good.</summary>
    public static bool RenewsItself(Provider provider) => provider.Definition.Refresh is { ShowsToken: true };

    /// <summary>The new tokens, with the old refresh token where no new one came (RFC 6749 6); or why there are none.</summary>
    public async Task<Result<ProviderTokens>> AskAsync(Provider provider, ProviderTokens tokens, CancellationToken cancellationToken)
    {
        TokenRequestDefinition definition = provider.Definition.RefreshRequest;
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Token, definition.Endpoint, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error;
        }

        var parameters = new TokenParameters();
        parameters.Add("grant_type", Grant);
        parameters.Add(Grant, tokens.RefreshToken);
        Result<ProviderAnswer> answer = await calls.SendAsync("refresh", definition, tokens.ToScope(provider), endpoint.Value, parameters, cancellationToken);
        if (!answer.IsSuccess)
        {
            return answer.Error;
        }

        Result<TokenResponse> granted = calls.Read(answer.Value, definition, provider);
        if (granted is { IsSuccess: true, Value: { AccessToken: { } fresh } response })
        {
            return tokens with { AccessToken = fresh, RefreshToken = response.RefreshToken ?? tokens.RefreshToken, ExpiresAt = response.ExpiresAt };
        }

        ExchangeError refusal = granted.Error ?? ExchangeError.ProviderError("token_answer_unexpected");
        Log.ProviderRefreshRefused(logger, provider.Id, refusal.Reason);

        // The standard's own word alone: many words of many providers mean less than that a user has to come again.
        return TokenRefusal.NamesGrant(answer.Value.Body) ? ExchangeError.InvalidGrant(Dead) : refusal;
    }
}
