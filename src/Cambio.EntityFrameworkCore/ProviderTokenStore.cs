using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>The providers' own tokens, inside one transaction.</summary>
internal sealed class ProviderTokenStore(DbContext context, IDatabaseEngine engine) : IProviderTokenStore
{
    private const string Overwrite = " ON CONFLICT (provider, subject) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at"
        + " WHERE cambio_provider_tokens.user_id = excluded.user_id";

    public async Task SaveAsync(ProtectedProviderTokens tokens, CancellationToken cancellationToken)
    {
        if (await engine.GuardAsync(() => context.InsertAsync(ProviderTokenRow.From(tokens), Overwrite, cancellationToken)) == 0)
        {
            throw new InvalidOperationException("The provider tokens of a login belong to its user.");
        }
    }

    public async Task<bool> TryReplaceAsync(ProtectedProviderTokens tokens, byte[] read, CancellationToken cancellationToken) =>
        UserKey.TryParse(tokens.User) is { } user
        && await engine.GuardAsync(() => context.Set<ProviderTokenRow>()
            .Where(row => row.Provider == tokens.Provider && row.Subject == tokens.Subject && row.UserId == user && row.Payload == read)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(static row => row.Payload, tokens.Payload)
                    .SetProperty(static row => row.ExpiresAt, tokens.ExpiresAt),
                cancellationToken)) == 1;

    public async Task<IReadOnlyList<ProtectedProviderTokens>> ListAsync(UserRef user, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is not { } id)
        {
            return [];
        }

        List<ProviderTokenRow> rows = await engine.GuardAsync(() => context.Set<ProviderTokenRow>()
            .AsNoTracking()
            .Where(row => row.UserId == id)
            .OrderBy(static row => row.Provider)
            .ThenBy(static row => row.Subject)
            .ToListAsync(cancellationToken));
        return [.. rows.Select(static row => row.ToTokens())];
    }

    public Task RemoveAsync(string provider, string subject, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.Set<ProviderTokenRow>()
            .Where(row => row.Provider == provider && row.Subject == subject)
            .ExecuteDeleteAsync(cancellationToken));
}
