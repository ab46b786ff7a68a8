using Cambio.Tests.House;

namespace Cambio.Tests.Catalog;

/// <summary>A folder names an icon that the icon set has.</summary>
public sealed class EveryIcon
{
    private static readonly string Icons = Repository.PathOf("tests/Interop/node_modules/simple-icons/icons");

    public static TheoryData<string, string> Named =>
        [.. Folders.Ids.Select(id => (id, Folders.Definition(id).Definition!.Icon)).Where(named => named.Icon is not null).Select(named => new TheoryDataRow<string, string>(named.id, named.Icon!))];

    [Theory]
    [MemberData(nameof(Named))]
    public void Is_in_the_set(string id, string icon)
    {
        Assert.True(Directory.Exists(Icons), "tests/Interop has no node_modules; ./test installs them (npm ci).");
        Assert.True(File.Exists(Path.Combine(Icons, $"{icon}.svg")), $"{id}: simple-icons has no {icon}; leave the icon out, or name another.");
    }
}
