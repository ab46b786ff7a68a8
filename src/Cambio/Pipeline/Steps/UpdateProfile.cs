using Cambio.Identities;
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

        Account updated = await RaiseAsync(Profiles.Update(account, context.Identity), context, cancellationToken);
        if (updated != account)
        {
            await context.Store.Accounts.UpdateUserAsync(updated, cancellationToken);
            context.Account = updated;
        }

        return null;
    }

    // The address stays, but what is known of it may grow: its holder has verified it since. Nobody else may have proven it meanwhile.
    private async Task<Account> RaiseAsync(Account account, ExchangeContext context, CancellationToken cancellationToken)
    {
        ExternalIdentity identity = context.Identity;
        if (account.EmailProven || !identity.EmailVerified || !EmailAddress.AreSame(account.Email, identity.Email))
        {
            return account;
        }

        bool proven = identity.EmailTrusted
            && (await Facts.OfEmailAsync(context, options.Value.Accounts, cancellationToken)).Owner is not (EmailMatch.Proven or EmailMatch.ProvenWithLoginHere);
        return account with { EmailVerified = true, EmailProven = proven };
    }
}
