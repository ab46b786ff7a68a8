using Cambio.Identities;
using Cambio.Storage;

namespace Cambio.Pipeline.Steps;

/// <summary>Writes the link between identity and account, or notes that it was used.</summary>
internal sealed class SaveLogin : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Account is not { } account)
        {
            return ExchangeError.SignupDisabled();
        }

        var login = new Login(
            context.Identity.Provider, context.Identity.Subject, account.User, EmailOf(context.Identity), context.Now, context.Now);
        if (context.IsLinked)
        {
            await context.Store.Accounts.UpdateLoginAsync(login, cancellationToken);
        }
        else
        {
            await context.Store.Accounts.AddLoginAsync(login, cancellationToken);
            context.IsLinked = true;
        }

        return null;
    }

    // What the user proved to us, the provider never said.
    private static string? EmailOf(ExternalIdentity identity) => identity.EmailIsUsersOwn ? null : identity.Email;
}
