using Cambio.Server.Commands;

namespace Cambio.Tests.Server;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://127.0.0.1:0")]
    [InlineData(false, "--Cambio:Sandbox:Enabled=true")]
    [InlineData(false, "--environment", "doctor")]
    [InlineData(false, "/urls", "http://127.0.0.1:0")]
    [InlineData(false, "urls=http://127.0.0.1:0", "providers")]
    [InlineData(false, "")]
    [InlineData(true, "providers")]
    [InlineData(true, "doctor", "--urls", "http://127.0.0.1:0")]
    [InlineData(true, "keys", "retire", "k")]
    [InlineData(true, "docter")]
    [InlineData(true, "--help")]
    public void Settings_go_to_the_server_and_words_are_commands(bool isCommand, params string[] arguments) =>
        Assert.Equal(isCommand, CommandLine.IsCommand(arguments));

    [Fact]
    public async Task A_mistyped_command_serves_nothing_and_says_what_there_is()
    {
        CommandRun run = await CommandRun.Of("docter");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("doctor", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_commands()
    {
        CommandRun run = await CommandRun.Of("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["providers", "doctor", "keys"], command => Assert.Contains($"\n  {command}", run.Output, StringComparison.Ordinal));
    }
}
