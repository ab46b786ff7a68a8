using System.Text.Json;

namespace Cambio.Providers;

/// <summary>Checks what a definition says of signatures and proofs: what would let in a token that nobody vouched for.</summary>
internal sealed class DefinitionProofs(ProviderDefinition definition, ProviderWords words, DefinitionSyntax syntax)
{
    private const string Key = "accessTokenProof";

    // With a public key, who can check a token cannot make one. With HS256 the provider and we can, so that it holds where nobody else has
    // the client secret, and only if the definition says that this provider does it (RFC 8725 3.1, 3.2).
    private static readonly TextList IdTokenAlgorithms = [.. SignatureAlgorithm.Public, SignatureAlgorithm.Shared];

    public IEnumerable<DefinitionMistake> Mistakes() => [.. IdToken(), .. Proof(), .. SignedAnswers(), .. Quirk()];

    private List<DefinitionMistake> IdToken()
    {
        if (definition.IdToken is not { } token)
        {
            return [];
        }

        List<DefinitionMistake> mistakes =
        [
            .. token.Issuers.SelectMany(issuer => syntax.AnswerTemplate("idToken.issuers", issuer)),
            .. syntax.Conditions("idToken.require", token.Require),
            .. syntax.Claims("idToken.claims", token.Claims),
        ];
        if (token.Issuers.Count == 0 && definition.Issuer is null)
        {
            mistakes.Add(new("idToken.issuers", "is missing; without it or an issuer anybody's token would do."));
        }

        if (definition.JwksUri is null && definition.Issuer is null && token.Algorithms.Any(algorithm => algorithm != SignatureAlgorithm.Shared))
        {
            mistakes.Add(new("jwksUri", "is missing; without it or an issuer no ID token can be checked."));
        }

        if (token.Algorithms.Count == 0 || token.Algorithms.Except(IdTokenAlgorithms).Any())
        {
            mistakes.Add(new("idToken.algorithms", $"must be of {string.Join(", ", IdTokenAlgorithms)}."));
        }

        return mistakes;
    }

    private List<DefinitionMistake> Proof()
    {
        if (definition.AccessTokenProof is not { } proof)
        {
            return [];
        }

        List<DefinitionMistake> mistakes =
        [
            .. proof.Audience.SelectMany(path => DefinitionSyntax.Path($"{Key}.audience", path)),
            .. DefinitionSyntax.Path($"{Key}.subject", proof.Subject),
            .. DefinitionSyntax.Path($"{Key}.expiresIn", proof.ExpiresIn),
            .. DefinitionSyntax.Path($"{Key}.expiresAt", proof.ExpiresAt),
            .. syntax.Conditions($"{Key}.require", proof.Require),
            .. proof.Kind switch
            {
                AccessTokenProofKind.Jwt => Jwt(proof),
                AccessTokenProofKind.Signature => Signature(proof),
                _ => Asked(proof),
            },
        ];
        if (proof.AudienceVariable is { } variable && !definition.Variables.ContainsKey(variable))
        {
            mistakes.Add(new($"{Key}.audienceVariable", $"must name one of the definition's variables.{Nearest.Hint(variable, definition.Variables.Keys)}"));
        }

        return mistakes;
    }

    private IEnumerable<DefinitionMistake> Asked(AccessTokenProofDefinition proof)
    {
        if (proof.Kind == AccessTokenProofKind.Request && (proof.Request is null || proof.Audience.Count == 0))
        {
            yield return new(Key, "proves nothing; say with request what to ask and with audience where the answer names the application.");
        }

        if (proof is { Kind: AccessTokenProofKind.Request, Request: { } call } && !call.ShowsToken())
        {
            yield return new($"{Key}.request", "does not show the token; an answer that is the same for every token proves nothing.");
        }

        if (proof is { Kind: AccessTokenProofKind.Introspection, Request: null } && definition.Issuer is null)
        {
            yield return new($"{Key}.request", "is missing, and without an issuer nothing else names the introspection endpoint.");
        }
    }

    private IEnumerable<DefinitionMistake> Jwt(AccessTokenProofDefinition proof)
    {
        foreach (DefinitionMistake mistake in proof.Issuers.SelectMany(issuer => syntax.AnswerTemplate($"{Key}.issuers", issuer)))
        {
            yield return mistake;
        }

        if (proof.Audience.Count == 0)
        {
            yield return new($"{Key}.audience", "is missing; say which claim of the token names the application.");
        }
        else if (proof.Audience.All(path => path == "aud"))
        {
            // RFC 9068 2.2: aud is the API that the token is for; the application is client_id.
            yield return new($"{Key}.audience", "is aud alone, which names the API; say which claim names the application: client_id, azp, cid.");
        }

        if (proof.Issuers.Count == 0 && definition.Issuer is null)
        {
            yield return new($"{Key}.issuers", "is missing; without it or an issuer anybody's token would do.");
        }

        if (definition.JwksUri is null && definition.Issuer is null)
        {
            yield return new("jwksUri", "is missing; without it or an issuer no access token can be checked.");
        }

        if (proof.Algorithms.Count == 0 || proof.Algorithms.Except(SignatureAlgorithm.Public).Any())
        {
            yield return new($"{Key}.algorithms", $"must be of {string.Join(", ", SignatureAlgorithm.Public)}.");
        }

        if (proof.Request is not null)
        {
            yield return new($"{Key}.request", "must not be there; a jwt is checked without a call.");
        }
    }

    private IEnumerable<DefinitionMistake> Signature(AccessTokenProofDefinition proof)
    {
        if (definition.Quirk is not { } quirk || !words.BindingQuirks.Contains(quirk))
        {
            yield return new($"{Key}.kind", $"is signature, which needs a quirk that binds the token: {string.Join(", ", words.BindingQuirks.Order(StringComparer.Ordinal))}.");
        }

        if (!definition.Userinfo.TryGetValue(ProviderDefinition.Profile, out ProviderCallDefinition? call) || !call.IsAuthorizedByToken())
        {
            yield return new("userinfo.profile", "must be a call that the user's token authorizes; its signature is the proof.");
        }

        if (definition.Userinfo.Values.Any(other => other.Optional || other.When is not null) || SubjectIsElsewhere())
        {
            yield return new("userinfo", "must be asked whole and name the user in profile; a call that may fail proves nothing.");
        }

        if (new object?[] { proof.Request, proof.Subject, proof.ExpiresIn, proof.ExpiresAt, proof.AudienceVariable }.Any(part => part is not null)
            || proof.Audience.Count + proof.Require.Count > 0)
        {
            yield return new(Key, "has nothing to read, since a signature has no answer; keep kind and confidence alone.");
        }
    }

    private bool SubjectIsElsewhere() => (definition.Claims?.Sub ?? []).Any(source => definition.Userinfo.Keys.Any(
        name => name != ProviderDefinition.Profile && source.StartsWith($"{name}.", StringComparison.Ordinal)));

    private IEnumerable<DefinitionMistake> SignedAnswers()
    {
        foreach ((string name, ProviderCallDefinition call) in definition.Userinfo)
        {
            if (call.Response == ResponseFormat.Jwt && definition.IdToken is null)
            {
                yield return new($"userinfo.{name}.response", "is jwt, which needs an idToken that says who signs, and how.");
            }
        }

        (string Key, ResponseFormat? Format)[] others =
        [
            ("token", definition.Token.Response), ("refresh", definition.Refresh?.Response), ("extension", definition.Extension?.Response),
            ("revocation", definition.Revocation?.Response),
            ($"{Key}.request", definition.AccessTokenProof?.Request?.Response),
        ];
        foreach ((string key, _) in others.Where(other => other.Format == ResponseFormat.Jwt))
        {
            yield return new($"{key}.response", "must not be jwt; only userinfo calls are answered like that.");
        }
    }

    private IEnumerable<DefinitionMistake> Quirk() =>
        from needed in words.QuirkVariables.GetValueOrDefault(definition.Quirk ?? "") ?? Nothing<VariableKind>.Map
        where definition.Variables.GetValueOrDefault(needed.Key)?.Kind != needed.Value
        select new DefinitionMistake("quirk", $"needs a variable {needed.Key} of kind {JsonNamingPolicy.SnakeCaseLower.ConvertName(needed.Value.ToString())}; declare it below variables.");
}
