using Cambio.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambio;

/// <summary>Steps that ask users for something, without what they need to ask.</summary>
internal sealed class InteractionStartCheck(IOptions<CambioOptions> options, IServiceProviderIsService services) : IStartCheck
{
    private const string TermsKey = $"{SettingsCheck.Root}:Accounts:{nameof(AccountOptions.Terms)}";

    public IEnumerable<string> Mistakes()
    {
        string[] steps = [.. StepNames.Parse(options.Value.Pipeline)];
        if (steps.Contains(StepNames.RequireEmail) && !services.IsService(typeof(IEmailSender)))
        {
            yield return $"Cambio:Pipeline names '{StepNames.RequireEmail}', which sends mail, and there is nothing to send it with: "
                + $"set Cambio:Email:Smtp on the ready server, register an {nameof(IEmailSender)} in an application, or leave the step out.";
        }

        bool asks = steps.Contains(StepNames.RequireTerms);
        if (options.Value.Accounts.Terms is not { Length: > 0 } version)
        {
            if (asks)
            {
                yield return $"Cambio:Pipeline names '{StepNames.RequireTerms}', and {TermsKey} does not say which version: set it, such as 2026-11, or leave the step out.";
            }
        }
        else if (!asks)
        {
            yield return $"{TermsKey} is set, but Cambio:Pipeline lacks '{StepNames.RequireTerms}', which asks for them: add it behind '{StepNames.CreateUser}', or remove the setting.";
        }
        else if (!IsVersion(version))
        {
            yield return $"{TermsKey} must be 1 to 64 printable ASCII characters without spaces, such as 2026-11.";
        }
    }

    private static bool IsVersion(string text) => text.Length <= 64 && text.All(static c => c is > ' ' and <= '~');
}
