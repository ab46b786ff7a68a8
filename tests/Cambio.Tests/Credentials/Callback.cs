namespace Cambio.Tests.Credentials;

/// <summary>A callback's parameters, written <c>a=1&amp;b=2</c> and nothing decoded.</summary>
internal static class Callback
{
    public static IReadOnlyDictionary<string, string> Of(string text) =>
        text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
