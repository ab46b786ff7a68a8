using System.Reflection;
using PublicApiGenerator;

namespace Cambio.Tests.House;

/// <summary>What a package offers changes only together with its approved text, so that a change of it is seen in review.</summary>
public sealed class PublicApi
{
    public static TheoryData<string> Packages => [.. Repository.FilesIn("src", ".csproj")
        .Where(project => Repository.Read(project).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal))
        .Select(project => Path.GetFileNameWithoutExtension(project))];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_api_is_the_approved_one(string package)
    {
        string folder = Directory.CreateDirectory(Repository.PathOf("tests/Cambio.Tests/House/PublicApi")).FullName;
        string approvedFile = Path.Combine(folder, package + ".approved.txt");
        string receivedFile = Path.Combine(folder, package + ".received.txt");
        string received = Describe(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable("CAMBIO_APPROVE") == "1")
        {
            File.WriteAllText(approvedFile, received);
        }

        string approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved == received)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        Assert.Fail($"""
            The public API of {package} differs from its approved text. See the difference, then accept it if it is meant:
              git diff --no-index {Path.GetRelativePath(Repository.Root, approvedFile)} {Path.GetRelativePath(Repository.Root, receivedFile)}
              CAMBIO_APPROVE=1 ./test --quick
            """);
    }

    private static string Describe(Assembly assembly)
    {
        string text = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        return string.Join('\n', text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd())) + "\n";
    }
}
