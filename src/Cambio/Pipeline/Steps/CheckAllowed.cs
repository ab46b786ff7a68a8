using Cambio.Identities;
using Cambio.Providers;
using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Refuses whoever has no address among the allowed ones that the provider verified and is trusted for.</summary>
internal sealed class CheckAllowed(IOptions<CambioOptions> options) : IExchangeStep
{
    public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        AccountOptions accounts = options.Value.Accounts;
        TextList emails = TextList.Split(accounts.AllowedEmails);
        TextList domains = TextList.Split(accounts.AllowedDomains);
        bool allowed = (emails.Count == 0 && domains.Count == 0) || IsAmong(context.Identity, emails, domains);
        return Task.FromResult(allowed ? null : ExchangeError.AccessDenied("not_on_allow_list"));
    }

    private static bool IsAmong(ExternalIdentity identity, TextList emails, TextList domains)
    {
        if (identity is not { Email: { } raw, EmailTrusted: true })
        {
            return false;
        }

        string email = EmailAddress.Normalize(raw);
        string domain = email[(email.LastIndexOf('@') + 1)..];
        return emails.Any(e => EmailAddress.Normalize(e) == email) || domains.Any(d => EmailAddress.Normalize(d) == domain);
    }
}
