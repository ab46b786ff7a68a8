using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cambio.Server.Commands;

/// <summary>Everything that an operator needs to turn one provider on, for a terminal.</summary>
internal static class ProviderSheet
{
    private const string Indent = "  ";
    private const int LabelWidth = 12;
    private const string Fill = "...";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static IEnumerable<string> Lines(ProviderFacts provider) =>
    [
        $"{provider.Name} ({provider.Id})",
        .. Facts(provider),
        .. Signals(provider),
        .. provider.Variables.SelectMany(variable => Variable(provider.Id, variable)),
        "",
        "Settings, as environment variables:",
        .. Settings(provider).Select(setting => $"{Indent}{Environment(provider.Id, setting.Name)}={setting.Value}"),
        "",
        "or as JSON:",
        .. Json(provider).Select(line => Indent + line),
        "",
        $"A second one of its kind, under an id of its own such as acme{provider.Id}:",
        .. Settings(provider).Prepend(("BasedOn", provider.Id)).Select(setting => $"{Indent}{Key($"acme{provider.Id}", setting.Item1)}={setting.Item2}"),
    ];

    private static IEnumerable<string> Facts(ProviderFacts provider)
    {
        (string Label, string? Text)[] facts =
        [
            ("docs", provider.Docs),
            ("deprecated", provider.Deprecated),
            ("category", provider.Category),
            ("also called", provider.Aliases.Count == 0 ? null : string.Join(", ", provider.Aliases)),
            ("accepts", string.Join(", ", provider.Accepts)),
            ("proof", ProofInWords.Of(provider)),
            ("e-mail", ProofInWords.OfEmail(provider.EmailTrust)),
            ("scopes", provider.Scope.Count == 0 ? "none" : string.Join(' ', provider.Scope)),
            ("redirect URI", $"{{Cambio:PublicUrl}}{ServerBuilder.Prefix}/{provider.Id}/callback"),
            ("callback", provider.Callback.Count == 0 ? null : $"{string.Join(", ", provider.Callback)}: the front end sends what the provider adds to its callback along with the code"),
            ("quirk", provider.Quirk),
            ("icon", provider.Icon),
            ("agreement", provider.Agreement is { } count ? $"{count} independent catalogues name the same addresses" : null),
        ];
        return facts.Where(fact => fact.Text is not null).Select(fact => $"{Indent}{fact.Label.PadRight(LabelWidth)}  {fact.Text}");
    }

    private static IEnumerable<string> Signals(ProviderFacts provider) => provider.Signals.Count == 0 ? [] :
    [
        "",
        "Register there, so that it can tell what happened to a login (docs/signals.md):",
        .. provider.Signals.Select(signal =>
            $"{Indent}{{Cambio:PublicUrl}}{ServerBuilder.Prefix}/{provider.Id}/signals/{signal.Name}  {signal.Format}: {string.Join(", ", signal.Effects)}"),
    ];

    private static IEnumerable<string> Variable(string id, VariableFacts variable)
    {
        yield return "";
        yield return $"{Key(id, variable.Setting)}: {variable.Title}";
        (string Label, string? Text)[] facts = [("default", variable.Default ?? (variable.IsRequired ? "none: it has to be set" : "none: access tokens are refused until it is set")), ("pattern", variable.Pattern), ("example", variable.Example)];
        foreach ((string label, string? text) in facts.Where(fact => fact.Text is not null))
        {
            yield return $"{Indent}{label.PadRight(LabelWidth)}  {text}";
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(ProviderFacts provider) =>
    [
        ("ClientId", Fill),
        .. provider.NeedsSecret ? [("ClientSecret", Fill)] : Array.Empty<(string, string)>(),
        .. provider.Variables.Where(variable => variable.IsRequired).Select(variable => (variable.Setting, variable.Example ?? Fill)),
    ];

    private static string[] Json(ProviderFacts provider)
    {
        var settings = new JsonObject(Settings(provider).Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)setting.Value)));
        var root = new JsonObject { ["Cambio"] = new JsonObject { ["Providers"] = new JsonObject { [provider.Id] = settings } } };
        return root.ToJsonString(Indented).ReplaceLineEndings("\n").Split('\n');
    }

    private static string Key(string id, string name) => $"Cambio:Providers:{id}:{name}";

    private static string Environment(string id, string name) => Key(id, name).Replace(":", "__", StringComparison.Ordinal);
}
