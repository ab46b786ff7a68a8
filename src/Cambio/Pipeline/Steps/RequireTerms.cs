using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Asks whoever has not accepted the current version of the terms; a new account is not kept until its holder has.</summary>
internal sealed class RequireTerms(IOptions<CambioOptions> options) : IExchangeStep
{
    private const string Word = "terms";
    private const string AcceptedKey = $"{StepNames.RequireTerms}:accepted";

    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Account is not { } account || options.Value.Accounts.Terms is not { } version || account.AcceptedTerms == version)
        {
            return null;
        }

        bool accepts = context.Answers.GetValueOrDefault(Word) == version
            || (context.Memory.TryGetValue(AcceptedKey, out string? before) && before == version);
        if (!accepts)
        {
            return ExchangeError.InteractionRequired(Word, "Show the user the terms; once they are accepted, send the ticket with terms set to terms_version.")
                with { TermsVersion = version };
        }

        // Nothing of this run is kept when a later step interrupts it.
        context.Memory[AcceptedKey] = version;
        Account accepted = account with { AcceptedTerms = version };
        await context.Store.Accounts.UpdateUserAsync(accepted, cancellationToken);
        context.Account = accepted;
        return null;
    }
}
