using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>The providers' own tokens, inside one transaction.</summary>
internal sealed class InMemoryProviderTokens(InMemoryTransaction transaction) : IProviderTokenStore
{
    public Task SaveAsync(ProtectedProviderTokens tokens, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!transaction.State.Logins.TryGetValue((tokens.Provider, tokens.Subject), out Login? login) || login.User != tokens.User)
        {
            throw new InvalidOperationException("The provider tokens of a login belong to its user.");
        }

        Put(tokens);
        return Task.CompletedTask;
    }

    public Task<bool> TryReplaceAsync(ProtectedProviderTokens tokens, byte[] read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool same = transaction.State.ProviderTokens.TryGetValue((tokens.Provider, tokens.Subject), out ProtectedProviderTokens? kept)
            && kept.User == tokens.User
            && kept.Payload.AsSpan().SequenceEqual(read);
        if (same)
        {
            Put(tokens);
        }

        return Task.FromResult(same);
    }

    public Task<IReadOnlyList<ProtectedProviderTokens>> ListAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<ProtectedProviderTokens>>(
        [
            .. transaction.State.ProviderTokens.Values
                .Where(tokens => tokens.User == user)
                .OrderBy(static tokens => tokens.Provider, StringComparer.Ordinal)
                .ThenBy(static tokens => tokens.Subject, StringComparer.Ordinal),
        ]);
    }

    public Task RemoveAsync(string provider, string subject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        transaction.State = transaction.State with { ProviderTokens = transaction.State.ProviderTokens.Remove((provider, subject)) };
        return Task.CompletedTask;
    }

    private void Put(ProtectedProviderTokens tokens) => transaction.State = transaction.State with
    {
        ProviderTokens = transaction.State.ProviderTokens.SetItem((tokens.Provider, tokens.Subject), tokens),
    };
}
