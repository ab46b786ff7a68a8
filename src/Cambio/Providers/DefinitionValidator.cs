using System.Text.RegularExpressions;

namespace Cambio.Providers;

/// <summary>Checks what a definition says of itself, whoever uses it: everything that would otherwise fail at the first sign-in.</summary>
internal sealed partial class DefinitionValidator(ProviderDefinition definition, ProviderWords words)
{
    private const string KeyVariable = "privateKey";

    private static readonly string[] Shelves = ["social", "work", "developer", "games", "commerce", "regional", "identity", "other"];

    private static readonly string[] ReservedVariables = ["client_id", "client_secret", "access_token", "code"];

    // What an answer to an authorization request holds (RFC 6749 4.1.2, RFC 9207), and what an exchange calls its own members.
    internal static readonly string[] OwnParameters =
        ["code", "state", "iss", "error", "error_description", "id_token", "access_token", "redirect_uri", "code_verifier", "nonce", "user", "ticket", "link_code"];

    private readonly DefinitionSyntax syntax = new(definition, words);

    public IEnumerable<DefinitionMistake> Mistakes() =>
    [
        .. Entry(), .. definition.Variables.SelectMany(v => Variable(v.Key, v.Value)),
        .. ProviderAddresses.Endpoints(definition).SelectMany(address => syntax.PublicTemplate(address.Path, address.Template)),
        .. AddressHosts.Mistakes(definition), .. new DefinitionAuthorization(definition, syntax).Mistakes(),
        .. Token("token", definition.Token, syntax.CallTemplates),
        .. Later("refresh", definition.Refresh), .. Later("extension", definition.Extension), .. Later("revocation", definition.Revocation),
        .. Userinfo(), .. definition.AccessTokenProof?.Request is { } asked ? Call("accessTokenProof.request", asked) : [],
        .. new DefinitionProofs(definition, words, syntax).Mistakes(), .. new DefinitionSignals(definition, syntax).Mistakes(),
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

        if (definition.Icon is { } icon && !Slug().IsMatch(icon))
        {
            yield return new("icon", "must be a slug of the icon set: lower case letters, digits and dots.");
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

        if (variable is { Kind: not VariableKind.Text, Default: not null })
        {
            yield return new($"{key}.default", "must not be there; a secret has no default.");
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

    // What is sent when the exchange is long over: of its answers no more is known than the tokens and what stood on the callback.
    private List<DefinitionMistake> Later(string key, TokenRequestDefinition? request)
    {
        List<DefinitionMistake> mistakes = request is null ? [] : Token(key, request, syntax.LaterTemplates);
        if (key == "extension" && request is { ShowsToken: false })
        {
            mistakes.Add(new(key, "does not show the token that it extends; put {access_token} into its parameters or headers."));
        }

        return mistakes;
    }

    private List<DefinitionMistake> Token(
        string key, TokenRequestDefinition request, Func<string, IReadOnlyDictionary<string, string>?, IEnumerable<DefinitionMistake>> templates)
    {
        List<DefinitionMistake> mistakes =
        [
            .. templates($"{key}.headers", request.Headers),
            .. templates($"{key}.parameters", request.Parameters),
            .. syntax.Conditions($"{key}.errors", request.Errors),
            .. DefinitionSyntax.Path($"{key}.unwrap", request.Unwrap),
            .. request.Map.SelectMany(m => m.Value.SelectMany(path => DefinitionSyntax.Path($"{key}.map.{m.Key}", path))),
        ];
        if (request.Auth == ClientAuthenticationMethod.PrivateKeyJwt && definition.Variables.GetValueOrDefault(KeyVariable)?.IsKey() != true)
        {
            mistakes.Add(new($"{key}.auth", $"needs a variable {KeyVariable} of kind ec_private_key or rsa_private_key; declare it below variables."));
        }

        return mistakes;
    }

    private IEnumerable<DefinitionMistake> Userinfo()
    {
        if (definition.Userinfo.Count > 0 && !definition.Userinfo.ContainsKey(ProviderDefinition.Profile))
        {
            yield return new("userinfo.profile", "is missing; the call that names the user has that name.");
        }

        foreach ((string name, ProviderCallDefinition call) in definition.Userinfo)
        {
            if (AnswerScope.Reserved.Contains(name) || !Word().IsMatch(name))
            {
                yield return new($"userinfo.{name}", $"must be named with letters, digits or underscores, and not {string.Join(", ", AnswerScope.Reserved)}.");
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

        if (new object?[] { call.Form, call.Json, call.Graphql }.Count(body => body is not null) > 1)
        {
            mistakes.Add(new(key, "has more than one body; keep one of form, json and graphql."));
        }

        if (call is { Graphql: not null, Method: not (CallMethod.Get or CallMethod.Post) })
        {
            mistakes.Add(new($"{key}.method", "must be left out; graphql is sent by POST."));
        }

        return mistakes;
    }

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9_]*\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[a-z0-9.]+\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A\.?[a-z0-9-]+(\.[a-z0-9-]+)+\z")]
    private static partial Regex Host();

    [GeneratedRegex(@"\A[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+\z")]
    private static partial Regex Domain();

    [GeneratedRegex(@"\Aclaim:(?!(?:form|callback)\.)[^\s:]+\z")]
    private static partial Regex ClaimTrust();
}
