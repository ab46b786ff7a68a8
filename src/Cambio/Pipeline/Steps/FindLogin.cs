using Cambio.Storage;

namespace Cambio.Pipeline.Steps;

/// <summary>Finds the account that the identity is linked to, by provider and subject alone.</summary>
internal sealed class FindLogin : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        Account? account = await context.Store.Accounts.FindByLoginAsync(context.Identity.Provider, context.Identity.Subject, cancellationToken);
        if (account is null)
        {
            return null;
        }

        context.Account = account;
        context.IsLinked = true;
        return account.Disabled ? ExchangeError.AccessDenied("account_disabled") : null;
    }
}
