using Cambio.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline;

/// <summary>Entry of the room: runs the configured steps in order until one refuses.</summary>
internal sealed class ExchangePipeline
{
    private readonly (string Name, IExchangeStep Step)[] steps;

    // The one place that resolves by name: which steps exist is settings.
    public ExchangePipeline(IServiceProvider services, IOptions<CambioOptions> options)
    {
        steps = [.. StepNames.Parse(options.Value.Pipeline).Select(name => (name, services.GetRequiredKeyedService<IExchangeStep>(name)))];
        SavesProviderTokens = Array.Exists(steps, static s => s.Name == StepNames.SaveProviderTokens);
    }

    /// <summary>A step keeps the provider's tokens.</summary>
    public bool SavesProviderTokens { get; }

    public async Task<Result<ExchangeContext>> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        foreach ((string name, IExchangeStep step) in steps)
        {
            using var activity = CambioTelemetry.Source.StartActivity(name);
            if (await step.RunAsync(context, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        // Whatever steps there are: a link is made to the user who asked, or not at all.
        return context.Account is null ? ExchangeError.AccessDenied("pipeline_found_no_account")
            : context.CurrentUser is { } current && current != context.Account.User ? ExchangeError.AccessDenied("pipeline_left_current_user")
            : context;
    }
}
