using System.Collections.Frozen;
using Cambio.Providers;
using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Refuses whoever has no address among the allowed ones that the provider verified and is trusted for, or that the account proved.</summary>
internal sealed class CheckAllowed(IOptions<CambioOptions> options) : IExchangeStep
{
    private readonly FrozenSet<string> emails = Normalized(options.Value.Accounts.AllowedEmails);
    private readonly FrozenSet<string> domains = Normalized(options.Value.Accounts.AllowedDomains);

    public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        bool allowed = (emails.Count == 0 && domains.Count == 0) || IsAmong(ProvenEmail(context));
        return Task.FromResult(allowed ? null : ExchangeError.AccessDenied("not_on_allow_list"));
    }

    // Where the provider gives no address, the account's own counts, once that was proven: require-email asks for it only the first time.
    private static string? ProvenEmail(ExchangeContext context) => context switch
    {
        { Identity: { Email: { } email, EmailTrusted: true } } => email,
        { Identity.Email: null, Account: { Email: { } email, EmailProven: true } } => email,
        _ => null,
    };

    private bool IsAmong(string? raw)
    {
        if (raw is null)
        {
            return false;
        }

        string email = EmailAddress.Normalize(raw);
        return emails.Contains(email) || domains.Contains(email[(email.LastIndexOf('@') + 1)..]);
    }

    private static FrozenSet<string> Normalized(string? list) => TextList.Split(list).Select(EmailAddress.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
