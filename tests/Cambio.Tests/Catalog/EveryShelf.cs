using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Tests.Catalog;

/// <summary>What the catalogue is as a whole: large, and data.</summary>
public sealed class EveryShelf
{
    private static readonly ProviderDefinition[] All = [.. Folders.Ids.Select(id => Folders.Definition(id).Definition!)];

    [Fact]
    public void Two_hundred_providers_are_there() => Assert.True(All.Length >= 200, $"{All.Length} folders.");

    [Fact]
    public void Nineteen_of_twenty_are_data_alone() =>
        Assert.True(All.Count(definition => definition.Quirk is null) >= All.Length * 0.95);

    [Fact]
    public void Ten_quirks_are_enough() => Assert.InRange(new QuirkRegistry().Names.Count(), 1, 10);

    [Fact]
    public void No_two_folders_go_by_one_name()
    {
        IEnumerable<string> names = Folders.Ids.Zip(All).SelectMany(folder =>
            folder.Second.Aliases.Append(folder.Second.Name).Append(folder.First).Select(Plain).Distinct());

        Assert.Empty(names.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
