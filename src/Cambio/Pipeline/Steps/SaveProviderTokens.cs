using System.Text.Json;
using Cambio.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Cambio.Pipeline.Steps;

/// <summary>Keeps the provider's own tokens, encrypted, bound to user and provider, where <c>Cambio:Accounts:SaveProviderTokens</c> asks for it.</summary>
internal sealed class SaveProviderTokens(IOptions<CambioOptions> options, IDataProtectionProvider protection) : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (!options.Value.Accounts.SaveProviderTokens || context is not { ProviderTokens: { } tokens, Account: { } account })
        {
            return null;
        }

        byte[] payload = Protector(account.User, context.Identity.Provider)
            .Protect(JsonSerializer.SerializeToUtf8Bytes(tokens, PipelineJson.Default.ProviderTokens));
        await context.Store.Accounts.SaveProviderTokensAsync(
            new(account.User, context.Identity.Provider, context.Identity.Subject, payload, tokens.ExpiresAt), cancellationToken);
        return null;
    }

    // The purpose holds user and provider, so that a payload moved to another row cannot be read there.
    private IDataProtector Protector(UserRef user, string provider) =>
        protection.CreateProtector("Cambio.ProviderTokens.v1", user.Id, provider);
}
