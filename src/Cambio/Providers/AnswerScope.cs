using System.Text.Json;

namespace Cambio.Providers;

/// <summary>What is known so far in one exchange, for paths and templates to read: the provider's settings and its answers by name.</summary>
internal sealed class AnswerScope(Provider provider, string? accessToken = null)
{
    /// <summary>The answers that are there beside the calls' own, by name.</summary>
    public static readonly string[] Reserved = ["token", "id_token", "proof", "form", "callback"];

    private readonly Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);

    public Provider Provider { get; } = provider;

    public string? AccessToken { get; } = accessToken;

    /// <summary>The authorization code, where a call reads the profile with it.</summary>
    public string? Code { get; init; }

    /// <summary>What unprefixed paths read.</summary>
    public JsonElement? Root { get; set; }

    /// <summary>Makes an answer readable under a name; absent answers are left out.</summary>
    public void Add(string name, JsonElement? answer)
    {
        if (answer is { } value)
        {
            answers[name] = value;
        }
    }

    /// <summary>A whole answer, or null.</summary>
    public JsonElement? Whole(string name) => answers.TryGetValue(name, out JsonElement answer) ? answer : null;

    public AnswerScope WithRoot(JsonElement root)
    {
        Root = root;
        return this;
    }

    /// <summary>The value at a path, or null.</summary>
    public JsonElement? Read(string text)
    {
        ProviderPath path = ProviderPath.Parse(text);
        if (!path.IsBareName && path.Head is { } head && answers.TryGetValue(head, out JsonElement answer))
        {
            return path.Read(answer, skipHead: true);
        }

        // An answer that is not there is never looked for in the profile, where a user may have put something of that name.
        bool isAnother = !path.IsBareName && path.Head is { } named && Reserved.Contains(named);
        return !isAnother && Root is { } root ? path.Read(root) : null;
    }

    /// <summary>What a template's <c>{name}</c> stands for: our registration, a variable, or a path; null when it is not known.</summary>
    public string? Lookup(string name) => name switch
    {
        "client_id" => Provider.ClientId,
        "client_secret" => Provider.ClientSecret,
        "access_token" => AccessToken,
        "code" => Code,
        _ when Provider.Variables.TryGetValue(name, out string? value) => value,
        _ => Read(name) is { } element && JsonText.Of(element) is { Length: > 0 } text ? text : null,
    };

    public bool IsVariable(string name) => Provider.Variables.ContainsKey(name);
}
