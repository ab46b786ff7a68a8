using System.Buffers;

namespace Cambio.Providers;

/// <summary>Checks who can say which host an address of a definition leads to: the definition, and an operator within a pattern.</summary>
internal static class AddressHosts
{
    // Each would end the host, or give the address another one, wherever in it the value stands (RFC 3986 3.2).
    private static readonly string[] Escapes = ["a/b", "a?b", "a#b", "a@b", "a\\b", "a b"];

    private static readonly string[] BaseEscapes = ["https://a@b.example", "https://a.example?b", "https://a.example#b", "ftp://a.example", "//a.example"];

    private static readonly SearchValues<char> NeverInHosts = SearchValues.Create("\\@% \t\r\n");

    public static IEnumerable<DefinitionMistake> Mistakes(ProviderDefinition definition) =>
        from address in ProviderAddresses.All(definition)
        where address.Template is not null
        from name in ProviderTemplate.Names(HostOf(address.Template))
        let mistake = Mistake(definition, address.Path, name, address.Template.StartsWith('{'))
        where mistake is not null
        select mistake.Value;

    /// <summary>The part of a template that decides the host: all of it up to the first slash behind the scheme.</summary>
    public static string HostOf(string template)
    {
        int start = template.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        int end = template.AsSpan(start).IndexOfAny('/', '?', '#');
        return end < 0 ? template : template[..(start + end)];
    }

    /// <summary>Whether an address that was filled in still has the host that its template has, whatever the pattern let through.</summary>
    public static bool IsKept(string host, string filled) => HostOf(filled) == host && !host.AsSpan().ContainsAny(NeverInHosts);

    private static DefinitionMistake? Mistake(ProviderDefinition definition, string path, string name, bool isBase)
    {
        if (!definition.Variables.TryGetValue(name, out VariableDefinition? variable))
        {
            return definition.AllowedHosts.Count > 0 ? null : new(path, $"takes its host from an answer ({name}); say with allowedHosts which hosts it may have.");
        }

        return variable.Pattern is not { } pattern ? new($"variables.{name}.pattern", $"is missing; the variable decides the host of {path}.")
            : !Condition.CanMatch(pattern) || !(isBase ? BaseEscapes : Escapes).Any(value => Condition.IsMatch(value, pattern)) ? null
            : new($"variables.{name}.pattern", $"is too wide; a value could lead {path} to another host. "
                + (isBase ? "Begin it with https:// and take letters, digits, dots and hyphens for the host, then a port and a path if need be." : "Take letters, digits, dots and hyphens."));
    }
}
