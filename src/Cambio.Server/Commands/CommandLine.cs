using System.CommandLine;
using Cambio.Server.Commands.Doctor;
using Cambio.Server.Commands.Keys;

namespace Cambio.Server.Commands;

/// <summary>What the server does instead of serving when its first argument is a command.</summary>
internal static class CommandLine
{
    private static readonly string[] Help = ["-h", "-?", "--help", "--version"];

    /// <summary>Whether the arguments are a command; others are .NET configuration (<c>--key value</c>, <c>/key value</c>, <c>key=value</c>).</summary>
    public static bool IsCommand(string[] arguments) =>
        arguments is [{ Length: > 0 } first, ..] && (Help.Contains(first) || !(first[0] is '-' or '/' || first.Contains('=')));

    /// <summary>Runs the command; the exit code is 0 when all is well and 1 otherwise.</summary>
    public static Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        // A setting's value may begin with @, which names a response file unless told otherwise; the id of a key with a dash, as several options do.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        return Root(arguments).Parse(arguments, parsing).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellationToken);
    }

    private static RootCommand Root(string[] arguments) => new(
        "Turns a social login into your API's own token. Without a command it serves; its arguments are settings: --urls http://127.0.0.1:5080 --Key=value ...")
    {
        Providers(),
        Doctor(arguments),
        Keys(),
    };

    private static Command Providers()
    {
        var id = new Argument<string?>("id") { Description = "One provider; none lists all.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("providers", "Prints what the catalogue knows of all providers, or of one.") { id, json };
        command.SetAction(parsed => ProvidersCommand.Run(
            parsed.GetValue(id), parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static Command Doctor(string[] arguments)
    {
        var command = new Command("doctor", "Checks the settings and every provider that they turn on; further arguments are settings, as for the server.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancellationToken) => DoctorCommand.RunAsync(arguments[1..], parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static Command Keys()
    {
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("keys", "Lists the keys that sign our tokens; further arguments are settings, as for the server.")
        {
            json,
            Retire(),
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => On(parsed).ListAsync(parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static Command Retire()
    {
        var id = new Argument<string>("kid") { Description = "The key's id, before any settings." };
        var command = new Command("retire", "Retires a key at once, in an emergency: its tokens are refused, and another key signs.") { id };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => On(parsed).RetireAsync(parsed.GetRequiredValue(id), cancellationToken));
        return command;
    }

    private static KeysCommand On(ParseResult parsed) =>
        new([.. parsed.UnmatchedTokens], parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
}
