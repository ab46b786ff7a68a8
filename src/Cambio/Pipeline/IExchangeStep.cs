namespace Cambio.Pipeline;

/// <summary>One named step of the pipeline. Runs inside the exchange's transaction; the order is the setting <c>Cambio:Pipeline</c>.</summary>
public interface IExchangeStep
{
    /// <summary>Looks at the context, changes it, or refuses.</summary>
    /// <param name="context">What is known of this exchange. May be given anew when the transaction is run again, so keep nothing else.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>
    /// Null to go on, or a refusal: nothing that the exchange wrote is kept. <see cref="ExchangeError.InteractionRequired"/> interrupts it
    /// until the front end sends the ticket back.
    /// </returns>
    Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken);
}
