using System.Text.RegularExpressions;

namespace Cambio.Tests.House;

/// <summary>The repository speaks of the product alone, and builds wherever it is cloned.</summary>
public sealed partial class Hygiene
{
    [Fact]
    public void No_file_holds_a_path_of_a_build_machine() => Rule.HasNoOffender(FilesWith(BuildMachine()));

    [Fact]
    public void No_file_names_the_host_of_a_registry() => Rule.HasNoOffender(FilesWith(Registry()));

    [Fact]
    public void No_lock_file_or_client_configuration_holds_an_address() =>
        Rule.HasNoOffender(
            from file in Repository.Files
            where Path.GetFileName(file).ToLowerInvariant() is "package-lock.json" or "packages.lock.json" or ".npmrc" or "nuget.config"
            from line in Repository.ReadLines(file)
            where NamesAnArchive(line)
            select $"{file}: {line}");

    [Theory]
    [InlineData("src/Cambio/bin/Release/net10.0/Cambio.dll")]
    [InlineData("src/Cambio/obj/project.assets.json")]
    [InlineData("tests/Interop/node_modules/package/index.js")]
    [InlineData("data/cambio.db")]
    [InlineData("tests/Cambio.Tests/House/PublicApi/Cambio.received.txt")]
    public void Git_ignores_what_is_built_or_run(string file) => Assert.Equal(file, Repository.Git("check-ignore", file).TrimEnd());

    [Fact]
    public void Every_project_is_built_with_the_solution()
    {
        string solution = Repository.Read("Cambio.slnx");
        Rule.HasNoOffender(
            from folder in new[] { "src", "tests", "samples" }
            from project in Repository.FilesIn(folder, ".csproj")
            where !solution.Contains($"\"{project}\"", StringComparison.Ordinal)
            select project);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void Commands_can_be_run(string command) =>
        Assert.StartsWith("100755 ", Repository.Git("ls-files", "--stage", command), StringComparison.Ordinal);

    [Theory]
    [InlineData("at /{0}/cambio/src", true)]
    [InlineData("file:///{0}/cambio/src", true)]
    [InlineData("https://example.com/{0}/page", false)]
    public void A_path_is_told_from_an_address(string text, bool path) =>
        Assert.All(["work", "root", "home"], folder => Assert.Equal(path, BuildMachine().IsMatch(text.Replace("{0}", folder, StringComparison.Ordinal))));

    private static IEnumerable<string> FilesWith(Regex words) => Repository.Files.Where(file => words.IsMatch(Repository.Read(file)));

    private static bool NamesAnArchive(string line) =>
        line.Contains("\"resolved\": \"http", StringComparison.Ordinal) || line.Contains("registry=", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\w)/(work|root|home)/")]
    private static partial Regex BuildMachine();

    [GeneratedRegex(@"(registry\.(npmjs|yarnpkg)|api\.nuget|deb\.debian)\.(org|com)")]
    private static partial Regex Registry();
}
