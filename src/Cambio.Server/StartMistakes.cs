using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Cambio.Server;

/// <summary>What of the operator's stopped the start, for the operator: what to mend, and no stack trace.</summary>
internal static class StartMistakes
{
    /// <summary>Whether this process is the server, and not a test that hosts it and wants the exception.</summary>
    public static bool AreOurs => Assembly.GetEntryAssembly() == typeof(StartMistakes).Assembly;

    /// <summary>The sentences in the exception; none when it is anything else.</summary>
    public static string[] Of(Exception exception) => exception switch
    {
        OptionsValidationException mistakes => [.. mistakes.Failures.Distinct()],
        AggregateException several when several.InnerExceptions.All(static inner => inner is OptionsValidationException) =>
            [.. several.InnerExceptions.SelectMany(static inner => ((OptionsValidationException)inner).Failures).Distinct()],
        IOException { InnerException: AddressInUseException } taken =>
            [$"{taken.Message.TrimEnd('.')}. Stop the other server, or listen elsewhere: --urls http://127.0.0.1:5081"],
        _ => [],
    };

    public static void Print(string[] mistakes, TextWriter output)
    {
        output.WriteLine(mistakes.Length == 1 ? "Cambio cannot start:" : $"Cambio cannot start; {mistakes.Length} settings are wrong:");
        foreach (string mistake in mistakes)
        {
            output.WriteLine($"  - {mistake}");
        }
    }
}
