using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Gives the identity to the signed-in user, or refuses one that is somebody else's.</summary>
internal sealed class LinkCurrentUser(IOptions<CambioOptions> options) : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.CurrentUser is not { } current)
        {
            return null;
        }

        context.Decision = LinkingPolicy.Decide(Facts.OfLogin(context, options.Value.Accounts));
        if (context.Decision == LinkingDecision.RefuseIdentityInUse)
        {
            return ExchangeError.IdentityInUse();
        }

        context.Account ??= await context.Store.Accounts.FindUserAsync(current, cancellationToken);
        return context.Account is null or { Disabled: true } ? ExchangeError.AccessDenied("account_disabled") : null;
    }
}
