using Cambio;
using Cambio.Pipeline;

namespace Invitation;

#region step
/// <summary>Lets newcomers in who know the word in the setting <c>Invitation</c>.</summary>
internal sealed class RequireInvitation(IConfiguration configuration) : IExchangeStep
{
    private const string Invited = "require-invitation:invited";

    public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Account is not null || context.Memory.ContainsKey(Invited))
        {
            return Task.FromResult<ExchangeError?>(null);
        }

        if (context.Answers.GetValueOrDefault("invitation") != configuration["Invitation"])
        {
            return Task.FromResult<ExchangeError?>(ExchangeError.InteractionRequired("invitation", "Send the ticket with invitation, the word on the card."));
        }

        // Should a later step interrupt, all steps run again; this one need not ask twice.
        context.Memory[Invited] = "yes";
        return Task.FromResult<ExchangeError?>(null);
    }
}
#endregion
