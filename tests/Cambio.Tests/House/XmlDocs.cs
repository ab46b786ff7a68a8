using System.Xml.Linq;

namespace Cambio.Tests.House;

/// <summary>The compiler refuses a public member without documentation (CS1591), and nothing in the tree tells it not to.</summary>
public sealed class XmlDocs
{
    [Fact]
    public void Documentation_is_generated_and_a_missing_one_is_an_error()
    {
        Assert.Equal("true", PropertyOf("src/Directory.Build.props", "GenerateDocumentationFile"));
        Assert.Equal("../Directory.Build.props", XDocument.Load(Repository.PathOf("src/Directory.Build.props")).Descendants("Import").Single().Attribute("Project")?.Value);
        Assert.Equal("true", PropertyOf("Directory.Build.props", "TreatWarningsAsErrors"));
    }

    [Fact]
    public void No_project_turns_it_off()
    {
        string[] switches = ["GenerateDocumentationFile", "TreatWarningsAsErrors"];
        string[] lists = ["NoWarn", "WarningsNotAsErrors"];
        IEnumerable<string> offenders = Repository.FilesIn("src", ".csproj").Where(project =>
            switches.Any(name => PropertyOf(project, name) is not (null or "true"))
            || lists.Any(name => PropertyOf(project, name)?.Contains("1591", StringComparison.Ordinal) ?? false));
        Rule.HasNoOffender(offenders);
    }

    [Fact]
    public void No_source_file_turns_it_off() =>
        Assert.DoesNotContain(
            Repository.FilesIn("src", ".cs").Append(".editorconfig"),
            file => Repository.Read(file).Contains("CS1591", StringComparison.Ordinal));

    private static string? PropertyOf(string file, string property) =>
        XDocument.Load(Repository.PathOf(file)).Descendants(property).SingleOrDefault()?.Value;
}
