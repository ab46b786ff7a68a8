using System.Collections.Frozen;
using Cambio.Identities;
using Cambio.Providers;
using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Refuses whoever has no address among the allowed ones that the provider verified and is trusted for.</summary>
internal sealed class CheckAllowed(IOptions<CambioOptions> options) : IExchangeStep
{
    private readonly FrozenSet<string> emails = Normalized(options.Value.Accounts.AllowedEmails);
    private readonly FrozenSet<string> domains = Normalized(options.Value.Accounts.AllowedDomains);

    public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        bool allowed = (emails.Count == 0 && domains.Count == 0) || IsAmong(context.Identity);
        return Task.FromResult(allowed ? null : ExchangeError.AccessDenied("not_on_allow_list"));
    }

    private bool IsAmong(ExternalIdentity identity)
    {
        if (identity is not { Email: { } raw, EmailTrusted: true })
        {
            return false;
        }

        string email = EmailAddress.Normalize(raw);
        return emails.Contains(email) || domains.Contains(email[(email.LastIndexOf('@') + 1)..]);
    }

    private static FrozenSet<string> Normalized(string? list) => TextList.Split(list).Select(EmailAddress.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
