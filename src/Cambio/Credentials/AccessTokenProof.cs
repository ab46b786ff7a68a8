using System.Text.Json;
using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Credentials;

/// <summary>Finds out to whom a provider issued an access token, before anything else is asked with it (RFC 9700 4.15).</summary>
internal sealed class AccessTokenProof(
    ProviderCall calls, TokenIntrospection introspection, AccessTokenJwt jwts, QuirkRegistry quirks, TimeProvider time)
{
    /// <summary>Proves that the token is live, ours, and a user's.</summary>
    public async Task<Result<ProvenToken>> ProveAsync(Provider provider, AccessToken token, CancellationToken cancellationToken)
    {
        if (provider.Definition.AccessTokenProof is not { } proof)
        {
            return ExchangeError.InvalidGrant("no_audience_proof");
        }

        // The profile call proves it, and nothing is told before that.
        if (proof.Kind == AccessTokenProofKind.Signature && quirks.Find(provider.Definition.Quirk) is { BindsToken: true })
        {
            return new ProvenToken(null, null, null);
        }

        var scope = new AnswerScope(provider, token.Token);
        Result<JsonElement> answer = proof switch
        {
            { Kind: AccessTokenProofKind.Introspection } => await introspection.AskAsync(proof, scope, cancellationToken),
            { Kind: AccessTokenProofKind.Jwt } => await jwts.ValidateAsync(provider, proof, token.Token, cancellationToken),
            { Kind: AccessTokenProofKind.Request, Request: { Url: not null } call } => await calls.SendAsync(call, scope, "proof", cancellationToken),
            _ => ExchangeError.InvalidGrant("no_audience_proof"),
        };
        if (!answer.IsSuccess)
        {
            return answer.Error;
        }

        scope.Add("proof", answer.Value);
        scope.Root = answer.Value;
        if ((ProofAudience.Fault(proof, scope) ?? FaultOfLife(proof, scope)) is { } reason)
        {
            return ExchangeError.InvalidGrant(reason);
        }

        // RFC 7662 2.2: an introspection may name the subject without being asked where.
        string? path = proof.Subject ?? (proof.Kind == AccessTokenProofKind.Introspection ? "sub" : null);
        string? subject = path is null ? null : SubjectText.Of(scope.Read(path));
        return proof.Subject is null || subject is not null
            ? new ProvenToken(answer.Value, subject, ProofTimes.End(proof, scope, time.GetUtcNow()))
            : ExchangeError.InvalidGrant("proof_subject_missing");
    }

    private string? FaultOfLife(AccessTokenProofDefinition proof, AnswerScope scope)
    {
        if (!proof.Require.Values.All(condition => condition.Holds(scope)))
        {
            return "proof_inactive";
        }

        bool live = ProofTimes.IsLeft(proof.ExpiresIn, scope) && ProofTimes.IsAhead(proof.ExpiresAt, scope, time.GetUtcNow());
        return live ? null : "proof_expired";
    }
}

/// <summary>An access token that was issued to us.</summary>
/// <param name="Answer">What the provider said about it, when it said something.</param>
/// <param name="Subject">Whose it is, when the proof says so.</param>
/// <param name="ExpiresAt">When it expires, when the proof says so.</param>
internal sealed record ProvenToken(JsonElement? Answer, string? Subject, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => "proven token [redacted]";
}
