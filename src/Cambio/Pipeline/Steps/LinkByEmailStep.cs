using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Leads an unknown identity to the account that has its address, where <see cref="LinkingPolicy"/> says so.</summary>
internal sealed class LinkByEmailStep(IOptions<CambioOptions> options) : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Account is not null || context.Identity.Email is null)
        {
            return null;
        }

        context.Decision = LinkingPolicy.Decide(await Facts.OfEmailAsync(context, options.Value.Accounts, cancellationToken));
        switch (context.Decision)
        {
            case LinkingDecision.RefuseLinkRequired:
                return ExchangeError.LinkRequired("email_of_another_account");
            case LinkingDecision.LinkByEmail:
                context.Account = context.EmailOwners![0].Account;
                break;
            case LinkingDecision.TakeOver:
                await TakeOverAsync(context, cancellationToken);
                break;
        }

        return context.Account is { Disabled: true } ? ExchangeError.AccessDenied("account_disabled") : null;
    }

    // Whoever opened the account never proved the address: nothing of theirs may survive, and no token of theirs may reach what comes after,
    // so the holder gets an account of its own and the old one stays behind empty.
    private static async Task TakeOverAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        await context.Store.Accounts.WipeUserAsync(context.EmailOwners![0].Account.User, cancellationToken);
        context.EmailOwners = [];
    }
}
