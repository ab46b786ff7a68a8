using System.Diagnostics;
using Cambio.Server;

namespace Cambio.Tests.Server;

/// <summary>The server as an operator starts it: a process of its own.</summary>
public sealed class ServerProcessTests
{
    [Fact]
    public async Task Wrong_settings_are_listed_all_at_once_without_a_stack_trace_and_the_exit_code_is_1()
    {
        (int exitCode, string output, string error) = await RunAsync(
            "--urls", "http://127.0.0.1:0",
            "--Cambio:Tokens:AccessTokenLifetime=10.00:00:00",
            "--Cambio:FrontEnd:Origins=http://app.example.com/",
            "--Cambio:Store:Kind=Paper",
            "--Cambio:Store:ConnectionString=");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        string[] lines = error.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("Cambio cannot start; 4 settings are wrong:", lines[0]);
        Assert.All(lines[1..], static line => Assert.StartsWith("  - Cambio:", line, StringComparison.Ordinal));
        Assert.All(
            (string[])["Tokens:AccessTokenLifetime", "FrontEnd:Origins", "Store:Kind", "Store:ConnectionString"],
            key => Assert.Contains(key, error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("providers")]
    [InlineData("doctor")]
    public async Task A_command_ends_by_itself_and_leaves_nothing_behind(string command)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cambio-test-");
        try
        {
            (int exitCode, string output, string error) = await RunInAsync(folder.FullName, command);

            Assert.Equal(0, exitCode);
            Assert.NotEmpty(output);
            Assert.Empty(error);
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys", "--json")]
    [InlineData("keys", "retire", "some-key")]
    public async Task A_command_that_needs_the_store_makes_none(params string[] command)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cambio-test-");
        try
        {
            (int exitCode, string output, string error) = await RunInAsync(folder.FullName, command);

            Assert.Equal(1, exitCode);
            Assert.Empty(output);
            Assert.StartsWith("The store cannot be used: ", Assert.Single(error.TrimEnd().ReplaceLineEndings("\n").Split('\n')), StringComparison.Ordinal);
            Assert.Contains("Cambio:Store", error, StringComparison.Ordinal);
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Entries_of_a_folder_of_your_own_are_printed_and_one_that_cannot_be_read_is_told()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cambio-test-");
        try
        {
            Write("mine", """{"name":"Mine"}""");
            Write("yours", """{"nmae":"Yours"}""");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), """{"Cambio":{"Catalog":"."}}""");

            (int exitCode, string output, string error) = await RunInAsync(folder.FullName, "providers");

            Assert.Equal(1, exitCode);
            Assert.Contains("\nmine ", output, StringComparison.Ordinal);
            Assert.Contains("provider.json: nmae is not a key. Did you mean name?", error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string id, string definition) =>
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory(id).FullName, "provider.json"), definition);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunInAsync(Path.GetTempPath(), arguments);

    private static async Task<(int ExitCode, string Output, string Error)> RunInAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(StoreOptions).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }
}
