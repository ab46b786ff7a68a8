namespace Cambio;

/// <summary>The corridor: walks one request through the rooms, once each, in order.</summary>
public sealed class TokenExchange
{
    /// <summary>Exchanges a provider's credential for our own token.</summary>
    /// <param name="request">The parsed request.</param>
    /// <param name="cancellationToken">Ends the exchange; nothing is written.</param>
    /// <returns>Our tokens and the account, or the refusal. Never throws for what a caller or a provider did.</returns>
    public Task<Result<ExchangeResult>> ExchangeAsync(ExchangeRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
