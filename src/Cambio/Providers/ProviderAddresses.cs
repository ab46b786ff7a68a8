namespace Cambio.Providers;

/// <summary>Checks that every address of a definition may be called once its variables are filled in.</summary>
internal static class ProviderAddresses
{
    private const string Rule = "https://, or http:// on a loopback address; no user information and no fragment";

    public static IEnumerable<string> Mistakes(ProviderDraft draft) =>
        from address in All(draft.Definition)
        where address.Template is not null
        let mistake = Mistake(draft, address.Path, address.Template)
        where mistake is not null
        select mistake;

    /// <summary>The addresses that only our registration fills in, by the path of their key.</summary>
    public static IEnumerable<(string Path, string? Template)> Endpoints(ProviderDefinition definition) =>
    [
        ("issuer", definition.Issuer),
        ("configurationEndpoint", definition.ConfigurationEndpoint),
        ("authorizationEndpoint", definition.AuthorizationEndpoint),
        ("tokenEndpoint", definition.TokenEndpoint),
        ("revocationEndpoint", definition.RevocationEndpoint),
        ("jwksUri", definition.JwksUri),
        ("token.endpoint", definition.Token.Endpoint),
        ("refresh.endpoint", definition.Refresh?.Endpoint),
        ("extension.endpoint", definition.Extension?.Endpoint),
        ("revocation.endpoint", definition.Revocation?.Endpoint),
        .. definition.Signals.Select(signal => ($"signals.{signal.Key}.jwksUri", signal.Value.JwksUri)),
    ];

    /// <summary>Every address, also those that answers fill in.</summary>
    public static IEnumerable<(string Path, string? Template)> All(ProviderDefinition definition) => Endpoints(definition).Concat(Calls(definition));

    private static IEnumerable<(string Path, string? Template)> Calls(ProviderDefinition definition) =>
    [
        .. definition.Userinfo.Select(call => ($"userinfo.{call.Key}.url", call.Value.Url)),
        ("accessTokenProof.request.url", definition.AccessTokenProof?.Request?.Url),
    ];

    private static string? Mistake(ProviderDraft draft, string path, string template)
    {
        string[] names = [.. ProviderTemplate.Names(template)];
        string? variable = names.FirstOrDefault(draft.Definition.Variables.ContainsKey);
        if (names.Any(name => draft.Definition.Variables.TryGetValue(name, out VariableDefinition? declared) && !Fits(declared, draft.Variables.GetValueOrDefault(name))))
        {
            // What is missing or does not fit is told once, as the variable's mistake.
            return null;
        }

        if (template.StartsWith('{') && names is [var first, ..] && first != variable)
        {
            return null;
        }

        string filled = Fill(draft, template, names);
        string host = AddressHosts.HostOf(template);
        if (Uri.TryCreate(filled, UriKind.Absolute, out Uri? address) && ProviderUrl.IsSafe(address) && (path != "issuer" || address.Query.Length == 0)
            && (template.StartsWith('{') || AddressHosts.IsKept(Fill(draft, host, [.. ProviderTemplate.Names(host)]), filled)))
        {
            return null;
        }

        return variable is not null
            ? $"{draft.Key}:{variable} makes the address {path} one that must not be called; it has to begin with {Rule}."
            : draft.Sentence(new(path, $"must begin with {Rule}."));
    }

    private static bool Fits(VariableDefinition variable, string? value) =>
        value is not null && (variable.Pattern is not { } pattern || !Condition.CanMatch(pattern) || Condition.IsMatch(value, pattern));

    // What an answer will fill in is percent-encoded there, so that any word does as well.
    private static string Fill(ProviderDraft draft, string template, string[] names) =>
        names.Aggregate(template, (text, name) => text.Replace($"{{{name}}}", draft.Variables.GetValueOrDefault(name, "x"), StringComparison.Ordinal));
}
