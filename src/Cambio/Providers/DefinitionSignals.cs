namespace Cambio.Providers;

/// <summary>Checks what a definition says of signals: what would end something that nobody vouched for, or nothing at all.</summary>
internal sealed class DefinitionSignals(ProviderDefinition definition, DefinitionSyntax syntax)
{
    private const int LongestName = 40;

    private static readonly TextList Algorithms = [.. SignatureAlgorithm.Public, SignatureAlgorithm.Shared];

    public IEnumerable<DefinitionMistake> Mistakes() => definition.Signals.SelectMany(signal => Signal($"signals.{signal.Key}", signal.Key, signal.Value));

    private List<DefinitionMistake> Signal(string key, string name, SignalDefinition signal) =>
    [
        .. Name(key, name),
        .. signal.Format == SignalFormat.SignedRequest ? SignedRequest(key, signal) : Token(key, signal),
        .. Types(key, signal),
        .. DefinitionSyntax.Path($"{key}.subject", signal.Subject),
        .. DefinitionSyntax.Path($"{key}.type", signal.Type),
        .. signal.Member.Length == 0 ? [new DefinitionMistake($"{key}.member", "is empty; leave it out, or name the member that holds the token.")] : Array.Empty<DefinitionMistake>(),
    ];

    private static IEnumerable<DefinitionMistake> Name(string key, string name)
    {
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            yield return new(key, $"must be named with 1 to {LongestName} lower-case letters, digits and underscores; the name stands in the address.");
        }
    }

    private static IEnumerable<DefinitionMistake> SignedRequest(string key, SignalDefinition signal)
    {
        if (signal.Effect is null)
        {
            yield return new($"{key}.effect", "is missing; say what the request ends: end_sessions, revoke, delete or none.");
        }

        if (signal.Issuers.Count + signal.Algorithms.Count > 0 || signal.JwksUri is not null)
        {
            yield return new(key, "is a signed_request, which the client secret signs; leave issuers, algorithms and jwksUri out.");
        }
    }

    private IEnumerable<DefinitionMistake> Token(string key, SignalDefinition signal)
    {
        TextList algorithms = signal.Algorithms.Count > 0 ? signal.Algorithms : definition.IdToken?.Algorithms ?? [];
        if (signal.Effect is not null)
        {
            yield return new($"{key}.effect", "must not be there; only a signed_request has one effect. Sort the types of events below types.");
        }

        if (signal.Issuers.Count == 0 && definition.Issuer is null && definition.IdToken is not { Issuers.Count: > 0 })
        {
            yield return new($"{key}.issuers", "is missing; without it, an idToken with issuers or an issuer, anybody's token would do.");
        }

        foreach (DefinitionMistake mistake in signal.Issuers.SelectMany(issuer => syntax.AnswerTemplate($"{key}.issuers", issuer)))
        {
            yield return mistake;
        }

        if (algorithms.Count == 0 || algorithms.Except(Algorithms).Any())
        {
            yield return new($"{key}.algorithms", $"must be of {string.Join(", ", Algorithms)}; without it, an idToken has to name some.");
        }

        if (signal.JwksUri is null && definition.JwksUri is null && definition.Issuer is null && algorithms.Any(algorithm => algorithm != SignatureAlgorithm.Shared))
        {
            yield return new($"{key}.jwksUri", "is missing; without it, the definition's jwksUri or an issuer no token can be checked.");
        }

        if (signal.Subject is null && !IsSubjectOfIdToken())
        {
            yield return new($"{key}.subject", "is missing; the definition reads the user's id from elsewhere than the ID token's sub, so say where the signal has the same id.");
        }
    }

    private static IEnumerable<DefinitionMistake> Types(string key, SignalDefinition signal)
    {
        string[] types = [.. signal.Types.All().Select(type => type.Type)];
        if (signal.Format is SignalFormat.SignedRequest or SignalFormat.LogoutToken ? types.Length > 0 : types.Length == 0)
        {
            yield return types.Length > 0
                ? new($"{key}.types", $"must not be there; a {EnumWord.Of(signal.Format)} is of one type.")
                : new($"{key}.types", "is missing; say which types of events end something, or all are acknowledged in vain.");
        }

        foreach (string type in types.GroupBy(type => type, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return new($"{key}.types", $"lists {type} twice; keep one effect.");
        }
    }

    // What logins are found by is the ID token's sub, or an answer's member of that name (OpenID Connect Core 5.3.2: the same).
    private bool IsSubjectOfIdToken() =>
        (definition.IdToken?.Claims?.Sub ?? definition.Claims?.Sub) is not { Count: > 0 } sub || sub[0] is "sub" or "id_token.sub";
}
