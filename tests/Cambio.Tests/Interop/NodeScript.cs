using System.Diagnostics;
using System.Text.Json;

namespace Cambio.Tests.Interop;

/// <summary>A script of tests/Interop as a process of its own: one line of JSON in, one out.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static string Folder { get; } = Path.Combine(House.Repository.Root, "tests", "Interop");

    public static async Task<JsonElement> RunAsync(string script, object input)
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "tests/Interop has no node_modules; ./test installs them (npm ci).");
        using Process process = Process.Start(new ProcessStartInfo("node", script)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(input));
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}: {await errors}");
            return JsonSerializer.Deserialize<JsonElement>(output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
