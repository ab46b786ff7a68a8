using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cambio.Tests.House;

/// <summary>Code that knows one provider by name treats it apart; only the quirks may.</summary>
public sealed class ProviderNames
{
    /// <summary>Ids and names that are words of English too, each with what it means then.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["line"] = "a line of a file or of a log",
        ["linear"] = "time that grows as its input does",
        ["OpenID Connect"] = "the standard, and a provider of no name",
        ["vault"] = "where secrets lie",
        ["x"] = "any text",
    };

    [Fact]
    public void No_provider_is_named_outside_the_quirks()
    {
        string[] names = [.. Catalogue().Where(name => !Words.ContainsKey(name))];
        Assert.NotEmpty(names);
        Rule.HasNoOffender(Repository.FilesIn("src", ".cs")
            .Where(file => !file.StartsWith("src/Cambio/Quirks/", StringComparison.Ordinal))
            .SelectMany(file => Named(Repository.Read(file), names).Select(name => $"{file}: {name}")));
    }

    [Theory]
    [InlineData("if (id == \"acme\")", true)]
    [InlineData("// As Acme does it.", true)]
    [InlineData("AcmeQuirk", false)]
    [InlineData("using Microsoft.Extensions.Http;", false)]
    [InlineData("// Microsoft wants a tenant.", true)]
    public void A_name_is_seen_as_a_whole_word(string source, bool seen) =>
        Assert.Equal(seen, Named(source, ["acme", "microsoft"]).Any());

    private static IEnumerable<string> Catalogue() =>
        from file in Repository.FilesIn("catalog", "/provider.json")
        from name in new[] { file.Split('/')[^2], NameIn(file) }
        select name;

    private static string NameIn(string file)
    {
        using JsonDocument definition = JsonDocument.Parse(Repository.Read(file));
        return definition.RootElement.GetProperty("name").GetString() ?? "";
    }

    /// <summary>The names in a source text; a namespace that begins with one (<c>Microsoft.Extensions</c>) is none.</summary>
    private static IEnumerable<string> Named(string source, IEnumerable<string> names) =>
        names.Where(name => Regex.IsMatch(source, $@"(?<![\w.]){Regex.Escape(name)}(?!\w|\.[A-Z])", RegexOptions.IgnoreCase));
}
