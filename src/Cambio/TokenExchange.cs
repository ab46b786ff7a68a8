using System.Diagnostics;
using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;
using Cambio.Vault;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio;

/// <summary>The corridor: walks one request through the rooms, once each, in order.</summary>
public sealed class TokenExchange
{
    private readonly ProviderRegistry providers;
    private readonly CredentialVerifier verifier;
    private readonly IdentityReader reader;
    private readonly TokenExtension extension;
    private readonly ExchangePipeline pipeline;
    private readonly Handovers handovers;
    private readonly IStore store;
    private readonly Interruptions interruptions;
    private readonly AuditTrail audit;
    private readonly CambioMetrics metrics;
    private readonly IOptions<CambioOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger<TokenExchange> logger;

    internal TokenExchange(
        ProviderRegistry providers,
        CredentialVerifier verifier,
        IdentityReader reader,
        TokenExtension extension,
        ExchangePipeline pipeline,
        Handovers handovers,
        IStore store,
        Interruptions interruptions,
        AuditTrail audit,
        CambioMetrics metrics,
        IOptions<CambioOptions> options,
        TimeProvider time,
        ILogger<TokenExchange> logger)
    {
        this.providers = providers;
        this.verifier = verifier;
        this.reader = reader;
        this.extension = extension;
        this.pipeline = pipeline;
        this.handovers = handovers;
        this.store = store;
        this.interruptions = interruptions;
        this.audit = audit;
        this.metrics = metrics;
        this.options = options;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Exchanges a provider's credential for our own token.</summary>
    /// <param name="request">The parsed request.</param>
    /// <param name="cancellationToken">Ends the exchange; nothing is written.</param>
    /// <returns>Our tokens and the account, or the refusal. Never throws for what a caller or a provider did.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Result<ExchangeResult>> ExchangeAsync(ExchangeRequest request, CancellationToken cancellationToken = default)
    {
        using Activity? activity = CambioTelemetry.Source.StartActivity("exchange");
        long start = time.GetTimestamp();
        Result<Provider> provider = Find(request);
        Result<Outcome> outcome;
        try
        {
            outcome = provider.IsSuccess ? await WalkAsync(provider.Value, request, cancellationToken) : provider.Error;
        }
        catch (Exception e)
        {
            // An exchange leaves its event whatever came of it.
            ExchangeError fault = ExchangeError.ServerError(e is OperationCanceledException ? "caller_left" : "unexpected_exception");
            Report(request, provider.Value?.Id, fault, time.GetElapsedTime(start), activity);
            throw;
        }

        Report(request, provider.Value?.Id, outcome, time.GetElapsedTime(start), activity);
        return outcome.IsSuccess ? outcome.Value.Result : outcome.Error;
    }

    private Result<Provider> Find(ExchangeRequest request)
    {
        Result<Provider> provider = providers.Find(request.Provider);
        return provider.IsSuccess && request.Client?.MayUse(provider.Value.Id) == false
            ? ExchangeError.ProviderNotAllowed()
            : provider;
    }

    private async Task<Result<Outcome>> WalkAsync(Provider provider, ExchangeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            Result<Proven> proven = await ProveAsync(provider, request, cancellationToken);
            if (!proven.IsSuccess)
            {
                return proven.Error;
            }

            if (request.CurrentUser is null)
            {
                await handovers.PrepareAsync(request.Handover, cancellationToken);
            }
            else if (request.Handover.Code is not null)
            {
                // Whose browser came back is not known here: the user's own, or that of somebody who was sent to a link that the user began.
                return interruptions.Hold(request, proven.Value);
            }

            ExchangeContext? last = null;
            Result<Outcome> settled = await store.TransactAsync(
                (transaction, ct) => SettleAsync(request, proven.Value, last = proven.Value.ToContext(request, transaction, time.GetUtcNow()), ct), cancellationToken);
            return last is not null && settled.Error is { Code: ErrorCodes.InteractionRequired } interruption
                ? await interruptions.BeginAsync(interruption, request, proven.Value, last, cancellationToken)
                : settled;
        }
        catch (StoreUnavailableException e)
        {
            Log.StoreUnavailable(logger, e, e.Message);
            return ExchangeError.TemporarilyUnavailable("store_unavailable");
        }
    }

    // Rooms 2 and 3: all calls to the provider, within one budget of time, before the transaction opens.
    private async Task<Result<Proven>> ProveAsync(Provider provider, ExchangeRequest request, CancellationToken cancellationToken)
    {
        if (request.Credential is ExchangeTicket or LinkCode)
        {
            return await interruptions.EndAsync(provider.Id, request, cancellationToken);
        }

        using var timeout = new CancellationTokenSource(options.Value.Http.Timeout, time);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            Result<Authorization> authorization;
            using (CambioTelemetry.Source.StartActivity("verify"))
            {
                authorization = await verifier.VerifyAsync(provider, request.Credential, budget.Token);
            }

            if (!authorization.IsSuccess)
            {
                return authorization.Error;
            }

            using (CambioTelemetry.Source.StartActivity("read"))
            {
                Result<ExternalIdentity> identity = await reader.ReadAsync(provider, authorization.Value, budget.Token);
                return identity.IsSuccess ? await ExtendAsync(provider, Proven.By(identity.Value, authorization.Value), budget.Token) : identity.Error;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ExchangeError.TemporarilyUnavailable("provider_timeout");
        }
    }

    // Tokens that nobody keeps are not worth a call.
    private async Task<Proven> ExtendAsync(Provider provider, Proven proven, CancellationToken cancellationToken) =>
        pipeline.SavesProviderTokens
            ? proven with { Tokens = await extension.ExtendAsync(provider, proven.Tokens, cancellationToken) }
            : proven;

    // Rooms 4 and 5, in one transaction; may run twice, so everything it makes is made here.
    private async Task<Result<Outcome>> SettleAsync(ExchangeRequest request, Proven proven, ExchangeContext context, CancellationToken cancellationToken)
    {
        IStoreTransaction transaction = context.Store;
        if (proven.Mark is { } mark && !await transaction.Replays.TryAddAsync(mark.Key, mark.ExpiresAt, cancellationToken))
        {
            return ExchangeError.InvalidGrant("credential_replayed");
        }

        Result<ExchangeContext> ran;
        using (CambioTelemetry.Source.StartActivity("run"))
        {
            ran = await pipeline.RunAsync(context, cancellationToken);
        }

        if (ran is not { IsSuccess: true, Value.Account: { } account })
        {
            return ran.Error!;
        }

        var result = new ExchangeResult
        {
            IsNewUser = context.IsNewUser,
            Account = account,
            Provider = context.Identity.Provider,
            Subject = context.Identity.Subject,
        };
        if (request.CurrentUser is null)
        {
            using Activity? activity = CambioTelemetry.Source.StartActivity("issue");
            HandedOver made = await handovers.IssueAsync(request.Handover, account, SignIn(request, proven) with { IsNewUser = context.IsNewUser }, transaction, cancellationToken);
            result = result with { Token = made.Token, Code = made.Code, SessionId = made.SessionId, Session = made.Session };
        }

        return new Outcome(result, context.Decision ?? LinkingDecision.SignIn);
    }

    private static SignInContext SignIn(ExchangeRequest request, Proven proven) =>
        new(proven.Identity.Provider, proven.Identity.Subject, request.UserAgent, request.Address)
        {
            ProviderSessionId = proven.ProviderSessionId,
            ClientId = request.Client?.Id,
        };

    private void Report(ExchangeRequest request, string? provider, Result<Outcome> outcome, TimeSpan duration, Activity? activity)
    {
        string action = request.CurrentUser is null ? "exchange" : "link";
        string kind = request.Credential.Kind;
        metrics.Exchange(provider ?? "unknown", kind, outcome.Error?.Code ?? "success", duration);
        activity?.SetTag("cambio.provider", provider ?? "unknown").SetTag("cambio.credential", kind).SetTag("cambio.outcome", outcome.Error?.Code ?? "success");
        if (outcome.IsSuccess)
        {
            ExchangeResult result = outcome.Value.Result;
            audit.Succeeded(action, outcome.Value.Decision.ToString(), provider, kind, result.Account.User.Id, result.SessionId, request.Address);
        }
        else
        {
            audit.Refused(action, outcome.Error, provider, kind, request.Address);
        }
    }

    private sealed record Outcome(ExchangeResult Result, LinkingDecision Decision);
}
