using System.Diagnostics;

namespace Cambio.Tests.House;

/// <summary>The checkout that the tests were built from, found by walking up from the test assembly.</summary>
internal static class Repository
{
    private static readonly Lazy<string[]> AllFiles = new(() =>
        [.. Git("ls-files", "--cached", "--others", "--exclude-standard", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Distinct().Where(file => File.Exists(PathOf(file))).Order(StringComparer.Ordinal)]);

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Every file that git tracks or would add, by its path from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => AllFiles.Value;

    /// <summary>The names of the projects below <c>src</c>, which are those of their assemblies.</summary>
    public static IEnumerable<string> Projects => Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal)
        && file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file));

    public static IEnumerable<string> FilesIn(string folder, string extension) => Files.Where(file =>
        file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file)).ReplaceLineEndings("\n");

    public static string[] ReadLines(string file) => File.ReadAllLines(PathOf(file));

    /// <summary>The standard output of a git command that may answer no (exit code 1).</summary>
    public static string Git(params string[] arguments)
    {
        // A checkout that another user owns, as containers have it, is still the one to look at.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode <= 1 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
    }

    private static string FindRoot(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Cambio.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside a checkout: no Cambio.slnx above " + folder);
    }
}
