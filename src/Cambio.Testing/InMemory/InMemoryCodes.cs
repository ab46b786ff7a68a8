using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>One-time codes, inside one transaction.</summary>
internal sealed class InMemoryCodes(InMemoryTransaction transaction) : IOneTimeCodeStore
{
    public Task AddAsync(OneTimeCode code, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(code.Purpose);
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        if (state.Codes.ContainsKey(InMemoryState.Key(code.Hash)))
        {
            throw new StoreConflictException("The code exists already.");
        }

        transaction.State = state with { Codes = state.Codes.Add(InMemoryState.Key(code.Hash), code) };
        return Task.CompletedTask;
    }

    public Task<OneTimeCode?> SpendAsync(byte[] hash, string purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        string key = InMemoryState.Key(hash);
        if (!state.Codes.TryGetValue(key, out OneTimeCode? code) || code.Purpose != purpose)
        {
            return Task.FromResult<OneTimeCode?>(null);
        }

        transaction.State = state with { Codes = state.Codes.SetItem(key, code with { SpentAt = code.SpentAt ?? now }) };
        return Task.FromResult<OneTimeCode?>(code);
    }
}
