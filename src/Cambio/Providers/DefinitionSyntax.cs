using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Cambio.Providers;

/// <summary>Checks what stands in a definition as text: paths, templates, claim sources, conditions, regular expressions.</summary>
internal sealed class DefinitionSyntax(ProviderDefinition definition, ProviderWords words)
{
    private static readonly string[] Secrets = ["client_secret", "access_token", "code"];

    // A form is posted beside the code for names alone: no call may carry it.
    private const string Form = "form";

    // Equal to every condition that tests nothing, whatever tests there are.
    private static readonly ConditionDefinition Vacuous = new() { Path = "" };

    public static IEnumerable<DefinitionMistake> Path(string key, string? text)
    {
        if (text is not null && !ProviderPath.TryParse(text, out _))
        {
            yield return new(key, "is not a path such as data.user.id, items.0 or emails[primary=true].email.");
        }
    }

    public static IEnumerable<DefinitionMistake> Pattern(string key, string? pattern)
    {
        if (pattern is not null && !Cambio.Providers.Condition.CanMatch(pattern))
        {
            yield return new(key, "is not a regular expression that runs in linear time; write one without look-around and back-references.");
        }
    }

    /// <summary>Where only our registration is known: addresses of endpoints, parameters that a browser carries.</summary>
    public IEnumerable<DefinitionMistake> PublicTemplate(string key, string? text) => Template(key, text, IsRegistration);

    /// <summary>Where a call is made: the secrets and the answers before it are known too.</summary>
    public IEnumerable<DefinitionMistake> CallTemplate(string key, string? text) =>
        Template(key, text, name => IsRegistration(name) || IsKind(name, VariableKind.Secret) || Secrets.Contains(name) || IsAnswer(name));

    /// <summary>Where an answer has been read: any path into it, but never a secret, since the outcome is shown.</summary>
    public IEnumerable<DefinitionMistake> AnswerTemplate(string key, string? text) =>
        Template(key, text, name => IsRegistration(name) || (!Secrets.Contains(name) && !definition.Variables.ContainsKey(name) && ProviderPath.TryParse(name, out _)));

    public IEnumerable<DefinitionMistake> CallTemplates(string key, IReadOnlyDictionary<string, string>? texts) =>
        (texts ?? Nothing<string>.Map).SelectMany(text => CallTemplate($"{key}.{text.Key}", text.Value));

    /// <summary>Where nothing is known any more but our registration, the user's token and what stood on the callback.</summary>
    public IEnumerable<DefinitionMistake> LaterTemplates(string key, IReadOnlyDictionary<string, string>? texts) =>
        (texts ?? Nothing<string>.Map).SelectMany(text => Template($"{key}.{text.Key}", text.Value, name =>
            IsRegistration(name) || IsKind(name, VariableKind.Secret) || name is "client_secret" or "access_token" || (HeadOf(name) == "callback" && IsAnswer(name))));

    public IEnumerable<DefinitionMistake> CallTemplates(string key, JsonNode? body) => body switch
    {
        JsonObject members => members.SelectMany(member => CallTemplates($"{key}.{member.Key}", member.Value)),
        JsonArray items => items.SelectMany(item => CallTemplates(key, item)),
        JsonValue value when value.TryGetValue(out string? text) => CallTemplate(key, text),
        _ => [],
    };

    public IEnumerable<DefinitionMistake> Conditions(string key, IReadOnlyDictionary<string, ConditionDefinition>? conditions) =>
        (conditions ?? Nothing<ConditionDefinition>.Map).SelectMany(condition => Condition($"{key}.{condition.Key}", condition.Value));

    public IEnumerable<DefinitionMistake> Condition(string key, ConditionDefinition? condition)
    {
        if (condition is null)
        {
            return [];
        }

        var mistakes = new List<DefinitionMistake>(Path($"{key}.path", condition.Path));
        if (IsUnsigned(condition.Path))
        {
            mistakes.Add(new($"{key}.path", "comes from what the browser posted, which nobody signed; read it from an answer."));
        }

        mistakes.AddRange(AnswerTemplate($"{key}.equalTo", condition.EqualTo));
        mistakes.AddRange(AnswerTemplate($"{key}.notEqualTo", condition.NotEqualTo));
        mistakes.AddRange(Pattern($"{key}.matches", condition.Matches));
        if (condition with { Path = "", Variable = null, Is = null, IsNot = null } == Vacuous)
        {
            mistakes.Add(new(key, "tests nothing; say what the value must be."));
        }

        if (condition.Variable is { } variable ? !definition.Variables.ContainsKey(variable) : (condition.Is ?? condition.IsNot) is not null)
        {
            mistakes.Add(new($"{key}.variable", $"must name one of the definition's variables.{Nearest.Hint(condition.Variable ?? "", definition.Variables.Keys)}"));
        }

        return mistakes;
    }

    public IEnumerable<DefinitionMistake> Claims(string key, ClaimsDefinition? claims) =>
        claims is null ? [] :
        from property in DefinitionJson.Default.ClaimsDefinition.Properties
        let sources = (TextList?)property.Get!(claims)
        where sources is not null
        from source in sources
        from mistake in Source($"{key}.{property.Name}", source, property)
        select mistake;

    private IEnumerable<DefinitionMistake> Source(string key, string source, JsonPropertyInfo claim)
    {
        string[] parts = source.Split('|', StringSplitOptions.TrimEntries);
        string expression = parts[0];
        bool identifies = claim.Name is "sub" or "email" or "email_verified";
        if (claim.Name is "sub" or "email" && expression.StartsWith('='))
        {
            yield return new(key, "is the same for everybody; read it from an answer.");
        }

        if (identifies && IsUnsigned(expression))
        {
            yield return new(key, "comes from what the browser posted, which nobody signed; read it from an answer.");
        }

        if (claim.Name is "sub" or "email" && ProviderTemplate.IsTemplate(expression) && ProviderTemplate.Names(expression).All(definition.Variables.ContainsKey))
        {
            yield return new(key, "is the same for everybody; read it from an answer.");
        }

        if (claim.Name == "sub" && MutableWords.FirstIn(expression) is { } word)
        {
            yield return new(key, $"reads {word}, which people change and providers give to others; read the stable id.");
        }

        foreach (string transform in parts.Skip(1).Where(part => !words.Transforms.Contains(part)))
        {
            yield return new(key, $"has a transform that does not exist; known are {string.Join(", ", words.Transforms.Order(StringComparer.Ordinal))}.{Nearest.Hint(transform, words.Transforms)}");
        }

        IEnumerable<DefinitionMistake> mistakes = expression.StartsWith('=') ? []
            : ProviderTemplate.IsTemplate(expression) ? AnswerTemplate(key, expression)
            : Path(key, expression);
        foreach (DefinitionMistake mistake in mistakes)
        {
            yield return mistake;
        }
    }

    private static IEnumerable<DefinitionMistake> Template(string key, string? text, Func<string, bool> isKnown)
    {
        string[] names = text is null ? [] : [.. ProviderTemplate.Names(text)];
        if (text is not null && text.Count(c => c == '{') != names.Length)
        {
            yield return new(key, "has a { without its }.");
        }

        foreach (string name in names.Where(name => !isKnown(name)))
        {
            yield return new(key, $"names {{{name}}}, which is not known there; declare it below variables, or correct it.");
        }
    }

    private static bool IsUnsigned(string expression) => Mentions(expression, Form) || Mentions(expression, "callback");

    private static bool Mentions(string expression, string head) =>
        ProviderTemplate.IsTemplate(expression)
            ? ProviderTemplate.Names(expression).Any(name => HeadOf(name) == head)
            : HeadOf(expression) == head;

    private static string? HeadOf(string path) => ProviderPath.TryParse(path, out ProviderPath? parsed) ? parsed!.Head : null;

    private bool IsRegistration(string name) =>
        name == "client_id" || IsKind(name, VariableKind.Text);

    private bool IsKind(string name, VariableKind kind) => definition.Variables.TryGetValue(name, out VariableDefinition? variable) && variable.Kind == kind;

    private bool IsAnswer(string name) =>
        !definition.Variables.ContainsKey(name) && HeadOf(name) is { } head && head != name && ((head != Form && AnswerScope.Reserved.Contains(head)) || definition.Userinfo.ContainsKey(head));
}
