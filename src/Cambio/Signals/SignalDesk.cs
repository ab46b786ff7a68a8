using Cambio.Providers;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.Signals;

/// <summary>The room's way in: takes what a provider sent, verifies it, and carries it out in one transaction. One audit event each.</summary>
internal sealed class SignalDesk(
    SignalReader reader, IStore store, AuditTrail audit, IOptions<CambioOptions> options, TimeProvider time, ILogger<SignalDesk> logger)
{
    private const string Action = "signal";

    /// <summary>Takes one signal.</summary>
    /// <param name="source">The address that it came to.</param>
    /// <param name="token">What was sent; a refusal where nothing could be read.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written.</param>
    /// <returns>The receipt; <c>invalid_request</c> for what nobody vouches for; an outage of ours or of the provider's keys as such, so that it is sent again.</returns>
    public async Task<Result<SignalReceipt>> ReceiveAsync(SignalSource source, Result<string> token, string? address, CancellationToken cancellationToken)
    {
        Result<Done> done;
        try
        {
            done = token.IsSuccess ? await TakeAsync(source, token.Value, cancellationToken) : token.Error;
        }
        catch (Exception e)
        {
            // A signal leaves its event whatever came of it.
            audit.Refused(Action, ExchangeError.ServerError(e is OperationCanceledException ? "caller_left" : "unexpected_exception"), source.Provider.Id, Kind(source), address);
            throw;
        }

        if (!done.IsSuccess)
        {
            ExchangeError refusal = SignalRefusal.Of(done.Error);
            audit.Refused(Action, refusal, source.Provider.Id, Kind(source), address);
            return refusal;
        }

        audit.Succeeded(Action, done.Value.Reason, source.Provider.Id, Kind(source), done.Value.User?.Id, sessionId: null, address);
        return new SignalReceipt(done.Value.Code);
    }

    private async Task<Result<Done>> TakeAsync(SignalSource source, string token, CancellationToken cancellationToken)
    {
        try
        {
            Result<Signal> signal = await ReadAsync(source, token, cancellationToken);
            return signal.IsSuccess
                ? await store.TransactAsync((transaction, ct) => SettleAsync(source, signal.Value, transaction, ct), cancellationToken)
                : signal.Error;
        }
        catch (StoreUnavailableException e)
        {
            Log.StoreUnavailable(logger, e, e.Message);
            return ExchangeError.TemporarilyUnavailable("store_unavailable");
        }
    }

    // The keys may have to be fetched: within one budget of time, before the transaction opens.
    private async Task<Result<Signal>> ReadAsync(SignalSource source, string token, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Http.Timeout, time);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await reader.ReadAsync(source, token, budget.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ExchangeError.TemporarilyUnavailable("provider_timeout");
        }
    }

    // May run twice, so everything it makes is made here.
    private async Task<Result<Done>> SettleAsync(SignalSource source, Signal signal, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        if (!await transaction.Replays.TryAddAsync(signal.Mark.Key, signal.Mark.ExpiresAt, cancellationToken))
        {
            return signal.IsOnce ? SignalRefusal.Because(SignalRefusal.Replayed) : new Done(SignalRefusal.Replayed, null, signal.ConfirmationCode);
        }

        DateTimeOffset now = time.GetUtcNow();
        UserRef? user = null;
        foreach (SignalEvent happened in signal.Events)
        {
            user = await SignalEffects.ApplyAsync(happened, source.Provider.Id, transaction, now, cancellationToken) ?? user;
        }

        if (signal.ConfirmationCode is { } code)
        {
            await SignalConfirmations.AddAsync(source, code, transaction, now, cancellationToken);
        }

        return new Done(Reason(signal), user, signal.ConfirmationCode);
    }

    private static string Reason(Signal signal) =>
        string.Join(", ", signal.Events.Select(happened => $"{EnumWord.Of(happened.Effect)} {happened.Word}").Distinct(StringComparer.Ordinal));

    private static string Kind(SignalSource source) => EnumWord.Of(source.Definition.Format);

    /// <summary>What came of a signal.</summary>
    /// <param name="Reason">For the audit event.</param>
    /// <param name="User">Whom it met.</param>
    /// <param name="Code">The confirmation code.</param>
    private sealed record Done(string Reason, UserRef? User, string? Code);
}
