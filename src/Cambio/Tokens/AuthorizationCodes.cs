using System.Text.Json;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Tokens;

/// <summary>
/// Our own one-time codes (RFC 6749 4.1.2): made at the end of a redirect, redeemed at the token endpoint, or, when they hold a link, where
/// identities are linked. Whatever comes of a use, the code is spent; a second use ends the session of the first.
/// </summary>
internal sealed class AuthorizationCodes(IStore store, ITokenIssuer issuer, TimeProvider time, ILogger<AuthorizationCodes> logger)
{
    /// <summary>How long a code is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const string Purpose = "authorization_code";

    private static readonly ExchangeError Unknown = ExchangeError.InvalidGrant("code_unknown");

    /// <summary>What the first use of a code gets.</summary>
    private delegate Task<Result<T>> Work<T>(OneTimeCode code, CodeContent content, IStoreTransaction transaction, CancellationToken cancellationToken)
        where T : notnull;

    /// <summary>A code for the user, kept as a hash.</summary>
    public Task<string> IssueAsync(
        Account account, SignInContext login, CodeBinding binding, IStoreTransaction transaction, CancellationToken cancellationToken) =>
        AddAsync(CodeContent.Of(account, login, binding), transaction, cancellationToken);

    /// <summary>A code for an exchange that waits for its front end, kept in a transaction of its own.</summary>
    public Task<Result<string>> HoldAsync(HeldExchange held, CodeBinding binding, CancellationToken cancellationToken) =>
        store.TransactAsync<string>(async (transaction, cancel) => await AddAsync(CodeContent.Of(held, binding), transaction, cancel), cancellationToken);

    /// <summary>
    /// New tokens of a new session, or <c>invalid_grant</c>. A code that holds an interrupted sign-in gives <c>interaction_required</c> with
    /// its ticket, still bound to <see cref="HeldExchange.BindingOf"/>.
    /// </summary>
    public async Task<Result<TokenGrant>> RedeemAsync(string code, CodeUse use, CancellationToken cancellationToken)
    {
        if (!TokenSecret.HasForm(code))
        {
            return Unknown;
        }

        await issuer.PrepareAsync(cancellationToken);
        return await SpendAsync<TokenGrant>(
            code,
            use,
            async (kept, content, transaction, cancel) => content switch
            {
                { Login: { } login } => await GrantAsync(kept, login, use.ClientId, transaction, cancel),
                { Held.Interruption: { } interruption } => interruption,
                _ => ExchangeError.InvalidGrant("code_of_a_link"),
            },
            cancellationToken);
    }

    /// <summary>The held exchange behind a code, or <c>invalid_grant</c>.</summary>
    public async Task<Result<HeldExchange>> TakeHeldAsync(string code, string verifier, CancellationToken cancellationToken) =>
        TokenSecret.HasForm(code)
            ? await SpendAsync(
                code,
                new CodeUse(verifier),
                static (_, content, _, _) => Task.FromResult<Result<HeldExchange>>(
                    content.Held is { } held ? held : ExchangeError.InvalidGrant("code_of_a_sign_in")),
                cancellationToken)
            : Unknown;

    private async Task<string> AddAsync(CodeContent content, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        TokenSecret secret = TokenSecret.New();
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(content, TokensJson.Default.CodeContent);
        await transaction.Codes.AddAsync(new OneTimeCode(secret.Hash, Purpose, payload, time.GetUtcNow() + Lifetime), cancellationToken);
        return secret.Text;
    }

    private async Task<Result<T>> SpendAsync<T>(string code, CodeUse use, Work<T> work, CancellationToken cancellationToken)
        where T : notnull
    {
        byte[] hash = TokenSecret.HashOf(code);
        Result<Outcome<T>> result = await store.TransactAsync((transaction, cancel) => UseAsync(hash, use, work, transaction, cancel), cancellationToken);
        if (!result.IsSuccess)
        {
            return result.Error;
        }

        if (result.Value.Reused is var (user, sessionId))
        {
            Log.AuthorizationCodeReused(logger, sessionId, user);
        }

        return result.Value.Given;
    }

    private async Task<Result<Outcome<T>>> UseAsync<T>(
        byte[] hash, CodeUse use, Work<T> work, IStoreTransaction transaction, CancellationToken cancellationToken)
        where T : notnull
    {
        DateTimeOffset now = time.GetUtcNow();
        OneTimeCode? kept = await transaction.Codes.SpendAsync(hash, Purpose, now, cancellationToken);
        if (kept is null || JsonSerializer.Deserialize(kept.Payload, TokensJson.Default.CodeContent) is not { } content)
        {
            return Unknown;
        }

        if (kept.SpentAt is not null)
        {
            // Codes stand in histories and logs; only who has the verifier too can have been the first.
            Reuse? reused = content.Login is { } login && Pkce.Matches(use.Verifier, content.CodeChallenge) ? await EndAsync(kept, login, now, transaction, cancellationToken) : null;
            return new Outcome<T>(ExchangeError.InvalidGrant("code_reused"), reused);
        }

        return new Outcome<T>(
            CodeRule.Refusal(content, kept.ExpiresAt, use, now) is { } refusal
                ? ExchangeError.InvalidGrant(refusal)
                : await work(kept, content, transaction, cancellationToken));
    }

    // RFC 6749 4.1.2: somebody else has the code, and nobody can tell who was first.
    private static async Task<Reuse> EndAsync(
        OneTimeCode kept, CodeLogin login, DateTimeOffset now, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        string given = await CodeReceipt.FindAsync(kept, now, transaction, cancellationToken) ?? login.SessionId;
        await transaction.Sessions.EndAsync(new SessionFilter { Id = given, User = new UserRef(login.User) }, now, cancellationToken);
        return new Reuse(login.User, given);
    }

    private async Task<Result<TokenGrant>> GrantAsync(
        OneTimeCode kept, CodeLogin login, string? clientId, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        // The login may have been unlinked since, and its provider may have ended it.
        Account? account = await transaction.Accounts.FindByLoginAsync(login.Provider, login.Subject, cancellationToken);
        if (account is null || account.User.Id != login.User)
        {
            return ExchangeError.InvalidGrant("login_gone");
        }

        if (account.Disabled)
        {
            return ExchangeError.InvalidGrant("account_disabled");
        }

        IssuedToken token = await issuer.IssueAsync(account, login.ToSignIn(clientId), transaction, cancellationToken);
        if (token.SessionId != login.SessionId)
        {
            await CodeReceipt.KeepAsync(kept, token.SessionId, transaction, cancellationToken);
        }

        return new TokenGrant(token, account) { IsNewUser = login.IsNewUser };
    }

    /// <summary>What is committed. A refusal would give the code back, so that it leaves inside a success.</summary>
    private sealed record Outcome<T>(Result<T> Given, Reuse? Reused = null)
        where T : notnull;

    /// <summary>Whose code was used again, and the session that is ended for it.</summary>
    private sealed record Reuse(string User, string SessionId);
}

/// <summary>Who may redeem a code.</summary>
/// <param name="CodeChallenge">The S256 challenge (RFC 7636 4.2).</param>
/// <param name="RedirectUri">Where it is sent to.</param>
internal sealed record CodeBinding(string CodeChallenge, string RedirectUri);
