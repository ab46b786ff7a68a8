using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Brings the profile up to date without touching what the user set.</summary>
internal sealed class UpdateProfile(IOptions<CambioOptions> options) : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.IsNewUser || context.Account is not { } account || !options.Value.Accounts.UpdateProfile)
        {
            return null;
        }

        Account updated = Profiles.Update(account, context.Identity);
        if (updated != account)
        {
            await context.Store.Accounts.UpdateUserAsync(updated, cancellationToken);
            context.Account = updated;
        }

        return null;
    }
}
