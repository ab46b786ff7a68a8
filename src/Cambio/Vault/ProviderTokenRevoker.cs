using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.Vault;

/// <summary>Revokes a provider's tokens at the provider (RFC 7009), where it has a revocation endpoint.</summary>
internal sealed class ProviderTokenRevoker(
    ProviderRegistry providers,
    ProviderTokenSeal seal,
    TokenCall calls,
    ProviderMetadata metadata,
    IOptions<CambioOptions> options,
    TimeProvider time,
    ILogger<ProviderTokenRevoker> logger)
{
    private const string NoEndpoint = "no_revocation_endpoint";

    private const int AtOnce = 8;

    /// <summary>Tries once, within <c>Cambio:Http:Timeout</c> for all together; what fails is logged, and the tokens expire on their own.</summary>
    public async Task RevokeAsync(IReadOnlyList<ProtectedProviderTokens> tokens, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Http.Timeout, time);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tokens, bounds, async (kept, _) =>
        {
            ExchangeError? failure;
            try
            {
                failure = await TryRevokeAsync(kept, budget.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failure = ExchangeError.TemporarilyUnavailable("provider_timeout");
            }

            if (failure is not null)
            {
                Log.ProviderTokenNotRevoked(logger, kept.Provider, failure.Reason);
            }
        });
    }

    private async Task<ExchangeError?> TryRevokeAsync(ProtectedProviderTokens kept, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (providers.Find(kept.Provider) is not { IsSuccess: true, Value: { } provider })
        {
            return ExchangeError.UnknownProvider();
        }

        if (seal.Open(kept) is not { } tokens)
        {
            return ExchangeError.NotFound("provider_token_unreadable");
        }

        TokenRequestDefinition definition = provider.Definition.RevocationRequest;
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Revocation, definition.Endpoint, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error.Reason == NoEndpoint ? null : endpoint.Error;
        }

        Result<ProviderAnswer> answer = await calls.SendAsync(
            "revoke", definition, tokens.ToScope(provider), endpoint.Value, Parameters(tokens), cancellationToken, statusIsAnswer: true);
        return !answer.IsSuccess ? answer.Error
            : !answer.Value.IsSuccess ? TokenRefusal.Judge(answer.Value.Status, answer.Value.Body)
            : CallAnswer.SaysError(answer.Value.Body, definition.Errors, provider) ? TokenRefusal.Judge(200, answer.Value.Body)
            : null;
    }

    // RFC 7009 2.1: with the refresh token go the access tokens of the same grant.
    private static TokenParameters Parameters(ProviderTokens tokens)
    {
        var parameters = new TokenParameters();
        parameters.Add("token", tokens.RefreshToken ?? tokens.AccessToken);
        parameters.Add("token_type_hint", tokens.RefreshToken is null ? "access_token" : "refresh_token");
        return parameters;
    }
}
