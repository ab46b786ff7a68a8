namespace Cambio.Tests.House;

public sealed class FileLength(ITestOutputHelper output)
{
    private const int LongestFile = 300;

    private const int LongestMedian = 60;

    private static readonly string[] Sources = [.. Repository.FilesIn("src", ".cs"), .. Repository.FilesIn("web", ".js")];

    [Fact]
    public void No_source_file_is_over_300_lines() =>
        Rule.HasNoOffender(from file in Sources where LinesOf(file) > LongestFile select $"{file}: {LinesOf(file)}");

    [Fact]
    public void The_median_file_is_small()
    {
        int median = Sources.Select(LinesOf).Order().ElementAt(Sources.Length / 2);
        output.WriteLine($"{Sources.Length} source files, {Repository.FilesIn("src/Cambio", ".cs").Count()} in the core; median {median} lines.");
        Assert.InRange(median, 1, LongestMedian);
    }

    private static int LinesOf(string file) => Repository.ReadLines(file).Length;
}
