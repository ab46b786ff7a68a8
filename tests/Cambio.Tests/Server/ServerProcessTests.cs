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

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(StoreOptions).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }
}
