using System.Text.Json;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Tokens;

/// <summary>Our own one-time codes (RFC 6749 4.1.2): made by the redirect flow in its transaction, redeemed at the token endpoint.</summary>
internal sealed class AuthorizationCodes(IStore store, ITokenIssuer issuer, TimeProvider time, ILogger<AuthorizationCodes> logger)
{
    /// <summary>How long a code is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const string Purpose = "authorization_code";

    /// <summary>A code for the user, kept as a hash.</summary>
    public async Task<string> IssueAsync(
        Account account, SignInContext login, CodeBinding binding, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        TokenSecret secret = TokenSecret.New();
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(CodeContent.Of(account, login, binding), TokensJson.Default.CodeContent);
        await transaction.Codes.AddAsync(new OneTimeCode(secret.Hash, Purpose, content, time.GetUtcNow() + Lifetime), cancellationToken);
        return secret.Text;
    }

    /// <summary>New tokens of a new session, or <c>invalid_grant</c>. Whatever comes of it, the code is spent; a second use ends the session of the first.</summary>
    /// <param name="code">The code.</param>
    /// <param name="verifier">The PKCE verifier (RFC 7636 4.5).</param>
    /// <param name="redirectUri">Compared when sent.</param>
    /// <param name="clientId">The confidential client that asks; null for a public one. A code made for one is redeemed by no other.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<TokenGrant>> RedeemAsync(
        string code, string verifier, string? redirectUri, string? clientId, CancellationToken cancellationToken)
    {
        if (!TokenSecret.HasForm(code))
        {
            return ExchangeError.InvalidGrant("code_unknown");
        }

        byte[] hash = TokenSecret.HashOf(code);
        var use = new CodeUse(verifier, redirectUri, clientId);
        await issuer.PrepareAsync(cancellationToken);
        Result<Outcome> result = await store.TransactAsync((transaction, cancel) => UseAsync(hash, use, transaction, cancel), cancellationToken);
        if (!result.IsSuccess)
        {
            return result.Error;
        }

        if (result.Value.Reused is { } reused)
        {
            Log.AuthorizationCodeReused(logger, reused.SessionId, reused.User);
        }

        return result.Value.Grant is { } grant ? grant : ExchangeError.InvalidGrant(result.Value.Refusal!);
    }

    private async Task<Result<Outcome>> UseAsync(byte[] hash, CodeUse use, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        OneTimeCode? kept = await transaction.Codes.SpendAsync(hash, Purpose, now, cancellationToken);
        if (kept is null || JsonSerializer.Deserialize(kept.Payload, TokensJson.Default.CodeContent) is not { } content)
        {
            return ExchangeError.InvalidGrant("code_unknown");
        }

        if (kept.SpentAt is not null)
        {
            // RFC 6749 4.1.2: somebody else has the code, and nobody can tell who was first.
            var opened = new SessionFilter { Id = content.SessionId, User = new UserRef(content.User) };
            await transaction.Sessions.EndAsync(opened, now, cancellationToken);
            return new Outcome(Refusal: "code_reused", Reused: content);
        }

        if (CodeRule.Refusal(content, kept.ExpiresAt, use, now) is { } refusal)
        {
            return new Outcome(refusal);
        }

        // The login may have been unlinked since, and its provider may have ended it.
        Account? account = await transaction.Accounts.FindByLoginAsync(content.Provider, content.Subject, cancellationToken);
        return account is null || account.User.Id != content.User ? new Outcome("login_gone")
            : account.Disabled ? new Outcome("account_disabled")
            : new Outcome(Grant: new TokenGrant(await issuer.IssueAsync(account, content.ToLogin(use.ClientId), transaction, cancellationToken), account));
    }

    /// <summary>What is committed. A refusal would give the code back, so that leaves as a success without tokens.</summary>
    private sealed record Outcome(string? Refusal = null, TokenGrant? Grant = null, CodeContent? Reused = null);
}

/// <summary>Who may redeem a code.</summary>
/// <param name="CodeChallenge">The S256 challenge (RFC 7636 4.2).</param>
/// <param name="RedirectUri">Where it is sent to.</param>
internal sealed record CodeBinding(string CodeChallenge, string RedirectUri);
