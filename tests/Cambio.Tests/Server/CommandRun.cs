using Cambio.Server.Commands;

namespace Cambio.Tests.Server;

/// <summary>What a command of the server's printed, and how it ended.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>The line about a subject, such as a provider.</summary>
    public string Line(string subject) => Assert.Single(Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) == subject);

    public static async Task<CommandRun> Of(params string[] arguments)
    {
        Assert.True(CommandLine.IsCommand(arguments));
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int exitCode = await CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new CommandRun(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
