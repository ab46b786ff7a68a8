using Cambio.Providers;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>
/// Asks a newcomer whose provider gave no address for one, and believes it once the code that was mailed there comes back. Nobody looks
/// up whose the address is before that, so that the answers tell nothing.
/// </summary>
internal sealed class RequireEmail(ProviderRegistry providers, IOptions<CambioOptions> options) : IExchangeStep
{
    private const string EmailWord = "email";
    private const string CodeWord = "email_code";

    private static readonly ExchangeError AskEmail = ExchangeError.InteractionRequired(
        EmailWord, "The provider gave no e-mail address; send the ticket with email, an address of the user's.");

    private static readonly ExchangeError AskCode = ExchangeError.InteractionRequired(
        CodeWord, "A code was mailed to the address; send the ticket with email_code, or with email for another address.");

    public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken) =>
        Task.FromResult(context is { Account: null, CurrentUser: null, Identity.Email: null } ? Ask(context) : null);

    private ExchangeError? Ask(ExchangeContext context)
    {
        var confirmation = new EmailConfirmation(context.Memory);
        if (confirmation.Address is { } address && context.Answers.TryGetValue(CodeWord, out string? code))
        {
            return Confirm(context, confirmation, address, code.Trim());
        }

        return context.Answers.TryGetValue(EmailWord, out string? typed) ? Mail(context, confirmation, typed)
            : confirmation.Address is null ? AskEmail
            : AskCode;
    }

    private static ExchangeError? Confirm(ExchangeContext context, EmailConfirmation confirmation, string address, string code)
    {
        if (!confirmation.Try(code))
        {
            return confirmation.MayTry ? AskCode : ExchangeError.InvalidGrant("email_code_guessed");
        }

        // The holder of the address has just proven it, to us: no provider's word is better.
        confirmation.Forget();
        context.Identity = context.Identity with { Email = address, EmailVerified = true, EmailTrusted = true, EmailIsUsersOwn = true };
        return null;
    }

    private ExchangeError Mail(ExchangeContext context, EmailConfirmation confirmation, string typed)
    {
        if (TypedEmail.Parse(typed) is not { } address)
        {
            return AskEmail;
        }

        if (!confirmation.MayMail)
        {
            return ExchangeError.InvalidGrant("email_mails_exhausted");
        }

        string provider = providers.Find(context.Identity.Provider).Value?.Definition.Name ?? context.Identity.Provider;
        context.Send(EmailConfirmationMail.Write(address, confirmation.Begin(address), ApplicationName(), provider, context.Identity));
        return AskCode;
    }

    private string ApplicationName() =>
        options.Value.Accounts.ApplicationName
        ?? (Uri.TryCreate(options.Value.PublicUrl, UriKind.Absolute, out Uri? address) ? address.Host : "localhost");
}
