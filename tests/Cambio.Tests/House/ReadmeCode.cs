using System.Text.RegularExpressions;

namespace Cambio.Tests.House;

/// <summary>C# in a page is cut from a sample that compiles: the line before the block says which <c>#region</c> of which file.</summary>
public sealed partial class ReadmeCode
{
    public static TheoryData<string, string, string, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, string, string, string>();
            foreach (string page in Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)))
            {
                foreach (Match block in Sample().Matches(Repository.Read(page)))
                {
                    blocks.Add(page, block.Groups["path"].Value, block.Groups["region"].Value, block.Groups["code"].Value);
                }
            }

            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_equals_the_sample_that_it_is_cut_from(string page, string path, string region, string code)
    {
        Assert.StartsWith("samples/", path, StringComparison.Ordinal);
        Assert.True(code == RegionOf(Repository.Read(path), region), $"The C# in {page} differs from {path}, region {region}.");
    }

    [Fact]
    public void Every_block_of_the_front_page_is_cut_from_a_sample()
    {
        string page = Repository.Read("README.md");
        Assert.NotEmpty(AnyBlock().Matches(page));
        Assert.Equal(AnyBlock().Count(page), Sample().Count(page));
    }

    [Fact]
    public void Parts_of_a_region_are_joined_and_their_indentation_taken_off() =>
        Assert.Equal(
            "a\n  b\nc\n",
            RegionOf("    #region x\n    a\n      b\n    #endregion\n    skipped\n    #region x\n    c\n    #endregion\n", "x"));

    private static string RegionOf(string source, string region) =>
        string.Concat(Regions().Matches(source).Where(match => match.Groups["region"].Value == region).Select(match => Dedent(match.Groups["code"].Value)));

    private static string Dedent(string code)
    {
        string[] lines = code.Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : line));
    }

    [GeneratedRegex(@"^<!-- sample: (?<path>[^#\s]+)#(?<region>\S+) -->\n```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex("^```(csharp|cs|c#)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex AnyBlock();

    [GeneratedRegex(@"^[ \t]*#region (?<region>\S+)\n(?<code>.*?)^[ \t]*#endregion", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Regions();
}
