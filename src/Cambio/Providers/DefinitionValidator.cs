using System.Text.RegularExpressions;

namespace Cambio.Providers;

/// <summary>Checks what a definition says of itself, whoever uses it: everything that would otherwise fail at the first sign-in.</summary>
internal sealed partial class DefinitionValidator(ProviderDefinition definition, ProviderWords words)
{
    private const string KeyVariable = "privateKey";

    private static readonly string[] Shelves = ["social", "work", "developer", "games", "commerce", "regional", "identity", "other"];

    private static readonly string[] ReservedCalls = ["token", "id_token", "proof", "form"];

    private static readonly string[] ReservedVariables = ["client_id", "client_secret", "access_token"];

    // Public-key ones alone: with a shared secret, everybody who can check a token can make one (RFC 8725 3.1).
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly DefinitionSyntax syntax = new(definition, words);

    public IEnumerable<DefinitionMistake> Mistakes() =>
    [
        .. Entry(), .. definition.Variables.SelectMany(v => Variable(v.Key, v.Value)),
        .. ProviderAddresses.Endpoints(definition).SelectMany(address => syntax.PublicTemplate(address.Path, address.Template)), .. Authorization(),
        .. Token("token", definition.Token), .. Token("refresh", definition.Refresh), .. Token("revocation", definition.Revocation),
        .. Userinfo(), .. IdToken(), .. Proof(),
        .. syntax.Claims("claims", definition.Claims), .. syntax.Conditions("gate", definition.Gate),
    ];

    /// <summary>Whether a word says for which addresses a verified flag counts.</summary>
    public static bool IsEmailTrust(string word) => word is ProviderWords.FullTrust or ProviderWords.NoTrust || ClaimTrust().IsMatch(word) || Domain().IsMatch(word);

    private IEnumerable<DefinitionMistake> Entry()
    {
        if (string.IsNullOrWhiteSpace(definition.Name))
        {
            yield return new("name", "is empty; write the name that people know the provider by.");
        }

        if (definition.Docs is { } docs && !docs.StartsWith("https://", StringComparison.Ordinal))
        {
            yield return new("docs", "must begin with https://.");
        }

        if (definition.Category is { } category && !Shelves.Contains(category))
        {
            yield return new("category", $"must be one of {string.Join(", ", Shelves)}.");
        }

        if (definition.Quirk is { } quirk && !words.Quirks.Contains(quirk))
        {
            yield return new("quirk", $"must be one of {string.Join(", ", words.Quirks.Order(StringComparer.Ordinal))}.{Nearest.Hint(quirk, words.Quirks)}");
        }

        if (!definition.AllowedHosts.All(host => Host().IsMatch(host)))
        {
            yield return new("allowedHosts", "must hold host names such as api.example.com, or .example.com for any below it.");
        }

        if (!definition.EmailTrust.All(IsEmailTrust))
        {
            yield return new("emailTrust", "must be verified, never, mail domains, or claim: with a claim's name.");
        }
    }

    private static IEnumerable<DefinitionMistake> Variable(string name, VariableDefinition variable)
    {
        string key = $"variables.{name}";
        if (!Word().IsMatch(name) || ReservedVariables.Contains(name) || ProviderSettings.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            yield return new(key, "must be named with a letter and then letters, digits or underscores, and not like a setting that every provider has.");
        }

        if (variable is { Kind: VariableKind.EcPrivateKey, Default: not null })
        {
            yield return new($"{key}.default", "must not be there; a private key has no default.");
        }

        DefinitionMistake[] pattern = [.. DefinitionSyntax.Pattern($"{key}.pattern", variable.Pattern)];
        foreach (DefinitionMistake mistake in pattern)
        {
            yield return mistake;
        }

        if (pattern.Length == 0 && variable is { Pattern: { } form, Example: { } example } && !Condition.IsMatch(example, form))
        {
            yield return new($"{key}.example", "must match the pattern.");
        }
    }

    private IEnumerable<DefinitionMistake> Authorization()
    {
        AuthorizationRequestDefinition request = definition.Authorization;
        if (request.ResponseMode is not (null or "query" or "form_post"))
        {
            yield return new("authorization.responseMode", "must be query or form_post.");
        }

        foreach (DefinitionMistake mistake in request.Parameters.SelectMany(p => syntax.PublicTemplate($"authorization.parameters.{p.Key}", p.Value)))
        {
            yield return mistake;
        }
    }

    private List<DefinitionMistake> Token(string key, TokenRequestDefinition? request)
    {
        if (request is null)
        {
            return [];
        }

        List<DefinitionMistake> mistakes =
        [
            .. syntax.CallTemplates($"{key}.headers", request.Headers),
            .. syntax.CallTemplates($"{key}.parameters", request.Parameters),
            .. syntax.Conditions($"{key}.errors", request.Errors),
            .. DefinitionSyntax.Path($"{key}.unwrap", request.Unwrap),
            .. request.Map.SelectMany(m => DefinitionSyntax.Path($"{key}.map.{m.Key}", m.Value)),
        ];
        if (request.Auth == ClientAuthenticationMethod.PrivateKeyJwt && definition.Variables.GetValueOrDefault(KeyVariable) is not { Kind: VariableKind.EcPrivateKey })
        {
            mistakes.Add(new($"{key}.auth", $"needs a variable {KeyVariable} of kind ec_private_key; declare it below variables."));
        }

        return mistakes;
    }

    private IEnumerable<DefinitionMistake> Userinfo()
    {
        if (definition.Userinfo.Count > 0 && !definition.Userinfo.ContainsKey("profile"))
        {
            yield return new("userinfo.profile", "is missing; the call that names the user has that name.");
        }

        foreach ((string name, ProviderCallDefinition call) in definition.Userinfo)
        {
            if (ReservedCalls.Contains(name) || !Word().IsMatch(name))
            {
                yield return new($"userinfo.{name}", $"must be named with letters, digits or underscores, and not {string.Join(", ", ReservedCalls)}.");
            }

            foreach (DefinitionMistake mistake in Call($"userinfo.{name}", call))
            {
                yield return mistake;
            }
        }
    }

    private List<DefinitionMistake> Call(string key, ProviderCallDefinition call)
    {
        List<DefinitionMistake> mistakes =
        [
            .. syntax.CallTemplate($"{key}.url", call.Url),
            .. syntax.CallTemplates($"{key}.query", call.Query),
            .. syntax.CallTemplates($"{key}.headers", call.Headers),
            .. syntax.CallTemplates($"{key}.form", call.Form),
            .. syntax.CallTemplates($"{key}.json", call.Json),
            .. syntax.Condition($"{key}.when", call.When),
            .. syntax.Conditions($"{key}.errors", call.Errors),
            .. DefinitionSyntax.Path($"{key}.unwrap", call.Unwrap),
        ];
        if (call.Url is null && definition.Issuer is null)
        {
            mistakes.Add(new($"{key}.url", "is missing, and without an issuer nothing else names the address."));
        }

        if (call is { Form: not null, Json: not null })
        {
            mistakes.Add(new($"{key}.form", "and json cannot both be the body; keep one."));
        }

        return mistakes;
    }

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

        if (definition.JwksUri is null && definition.Issuer is null)
        {
            mistakes.Add(new("jwksUri", "is missing; without it or an issuer no ID token can be checked."));
        }

        if (token.Algorithms.Count == 0 || token.Algorithms.Any(algorithm => !Algorithms.Contains(algorithm)))
        {
            mistakes.Add(new("idToken.algorithms", $"must be of {string.Join(", ", Algorithms)}."));
        }

        return mistakes;
    }

    private List<DefinitionMistake> Proof()
    {
        if (definition.AccessTokenProof is not { } proof)
        {
            return [];
        }

        const string key = "accessTokenProof";
        List<DefinitionMistake> mistakes =
        [
            .. proof.Request is { } call ? Call($"{key}.request", call) : [],
            .. proof.Audience.SelectMany(path => DefinitionSyntax.Path($"{key}.audience", path)),
            .. DefinitionSyntax.Path($"{key}.subject", proof.Subject),
            .. DefinitionSyntax.Path($"{key}.expiresIn", proof.ExpiresIn),
            .. DefinitionSyntax.Path($"{key}.expiresAt", proof.ExpiresAt),
            .. syntax.Conditions($"{key}.require", proof.Require),
        ];
        if (proof.Kind == AccessTokenProofKind.Request && (proof.Request is null || proof.Audience.Count == 0))
        {
            mistakes.Add(new(key, "proves nothing; say with request what to ask and with audience where the answer names the application."));
        }

        if (proof is { Kind: AccessTokenProofKind.Introspection, Request: null } && definition.Issuer is null)
        {
            mistakes.Add(new($"{key}.request", "is missing, and without an issuer nothing else names the introspection endpoint."));
        }

        if (proof.AudienceVariable is { } variable && !definition.Variables.ContainsKey(variable))
        {
            mistakes.Add(new($"{key}.audienceVariable", $"must name one of the definition's variables.{Nearest.Hint(variable, definition.Variables.Keys)}"));
        }

        return mistakes;
    }

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9_]*\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A\.?[a-z0-9-]+(\.[a-z0-9-]+)+\z")]
    private static partial Regex Host();

    [GeneratedRegex(@"\A[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+\z")]
    private static partial Regex Domain();

    [GeneratedRegex(@"\Aclaim:[^\s:]+\z")]
    private static partial Regex ClaimTrust();
}
