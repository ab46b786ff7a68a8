using System.Text.RegularExpressions;

namespace Cambio.Tests.House;

/// <summary><c>docs/settings.md</c> holds every setting, with its true default, and none that does not exist.</summary>
public sealed partial class DocumentedSettings
{
    private static readonly string Page = Repository.Read("docs/settings.md");

    private static readonly string[] Known =
        [.. Settings.OfOptions.Select(setting => setting.Key), .. Settings.InCode, Settings.DefinitionKey];

    [Fact]
    public void Every_setting_has_a_row_with_its_key_and_default() =>
        Rule.HasNoOffender(
            from setting in Settings.OfOptions
            let row = $"| `{setting.Key}` | {setting.Default} |"
            where !Page.Contains("\n" + row, StringComparison.Ordinal)
            select row);

    [Fact]
    public void Every_key_that_the_code_asks_for_is_there() =>
        Rule.HasNoOffender(
            from key in Settings.InCode.Append(Settings.DefinitionKey)
            where !Keys(Page).Any(documented => IsSame(documented, key))
            select key);

    [Fact]
    public void No_key_is_there_that_does_not_exist() =>
        Rule.HasNoOffender(
            from documented in Keys(Page)
            where !Known.Any(key => IsSame(key, documented))
            select documented);

    [Fact]
    public void Every_setting_is_a_scalar() =>
        Assert.All(Settings.OfOptions, setting => Assert.DoesNotContain("System.", setting.Default, StringComparison.Ordinal));

    [Theory]
    [InlineData("Cambio:Http:Timeout", "Cambio:Http:Timeout", true)]
    [InlineData("Cambio:Http:Timeout", "Cambio:Http", true)]
    [InlineData("Cambio:Http:Timeout", "Cambio:Http:Timeouts", false)]
    [InlineData("Cambio:Http", "Cambio:Http:Timeout", false)]
    [InlineData("Cambio:Providers:{id}:ClientId", "Cambio:Providers:google:ClientId", true)]
    [InlineData("Cambio:Providers:{id}:{Variable}", "Cambio:Providers:google:CleintId", false)]
    public void A_key_or_a_section_of_it_is_the_same(string key, string said, bool same) => Assert.Equal(same, IsSame(key, said));

    private static IEnumerable<string> Keys(string page) => Key().Matches(page).Select(match => match.Value).Distinct();

    /// <summary>Whether <paramref name="said"/> is the key or a section that it stands in; a lower-case word fills an <c>{id}</c> or <c>{key}</c>.</summary>
    private static bool IsSame(string key, string said)
    {
        string[] expected = key.Split(':');
        string[] actual = said.Split(':');
        return actual.Length <= expected.Length && actual.Zip(expected).All(pair =>
            pair.First == pair.Second || (pair.Second is "{id}" or "{key}" && char.IsAsciiLetterLower(pair.First[0])));
    }

    [GeneratedRegex(@"\bCambio(:[A-Za-z0-9_]+|:\{[A-Za-z]+\})+")]
    private static partial Regex Key();
}
