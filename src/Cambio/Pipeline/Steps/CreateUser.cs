using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Opens an account for an identity that led to none.</summary>
internal sealed class CreateUser(IOptions<CambioOptions> options) : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Account is not null)
        {
            return null;
        }

        AccountOptions accounts = options.Value.Accounts;
        LinkingFacts facts = await Facts.OfEmailAsync(context, accounts, cancellationToken);

        // Asking and linking are link-by-email's: a pipeline without it opens separate accounts.
        LinkingDecision decision = LinkingPolicy.Decide(facts with { LinkByEmail = LinkByEmail.Never });
        context.Decision = context.Decision == LinkingDecision.TakeOver ? context.Decision : decision;
        if (decision == LinkingDecision.RefuseSignup)
        {
            return ExchangeError.SignupDisabled();
        }

        IAccountStore store = context.Store.Accounts;
        Account account = Profiles.Fill(
            new Account { User = store.NewUserId(context.Now), CreatedAt = context.Now },
            context.Identity,
            keepEmail: decision == LinkingDecision.Create);
        foreach (string username in Usernames.For(context.Identity))
        {
            Account candidate = account with { PreferredUsername = username };
            if (await store.TryCreateUserAsync(candidate, cancellationToken))
            {
                context.Account = candidate;
                context.IsNewUser = true;
                return null;
            }
        }

        return ExchangeError.TemporarilyUnavailable("no_free_username");
    }
}
