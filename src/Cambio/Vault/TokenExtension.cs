using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Vault;

/// <summary>Exchanges a short-lived access token for a long-lived one, where a provider does that. At best: what fails leaves the short one.</summary>
internal sealed class TokenExtension(TokenCall calls, ProviderMetadata metadata, TimeProvider time, ILogger<TokenExtension> logger)
{
    private static readonly TimeSpan LongLived = TimeSpan.FromDays(1);

    /// <summary>The tokens to keep.</summary>
    public async Task<ProviderTokens?> ExtendAsync(Provider provider, ProviderTokens? tokens, CancellationToken cancellationToken)
    {
        if (tokens is null || provider.Definition.ExtensionRequest is not { } definition || tokens.ExpiresAt > time.GetUtcNow() + LongLived)
        {
            return tokens;
        }

        Result<ProviderTokens> extended;
        try
        {
            extended = await AskAsync(provider, definition, tokens, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            extended = ExchangeError.TemporarilyUnavailable("provider_timeout");
        }

        if (extended.IsSuccess)
        {
            return extended.Value;
        }

        Log.ProviderTokenNotExtended(logger, provider.Id, extended.Error.Reason);
        return tokens;
    }

    private async Task<Result<ProviderTokens>> AskAsync(
        Provider provider, TokenRequestDefinition definition, ProviderTokens tokens, CancellationToken cancellationToken)
    {
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Token, definition.Endpoint, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error;
        }

        Result<ProviderAnswer> answer = await calls.SendAsync(
            "extend", definition, tokens.ToScope(provider), endpoint.Value, new TokenParameters(), cancellationToken);
        Result<TokenResponse> granted = answer.IsSuccess ? calls.Read(answer.Value, definition, provider) : answer.Error;
        return granted switch
        {
            { IsSuccess: true, Value: { AccessToken: { } token } response } =>
                tokens with { AccessToken = token, RefreshToken = response.RefreshToken ?? tokens.RefreshToken, ExpiresAt = response.ExpiresAt },
            { Error: { } error } => error,
            _ => ExchangeError.ProviderError("token_answer_unexpected"),
        };
    }
}
