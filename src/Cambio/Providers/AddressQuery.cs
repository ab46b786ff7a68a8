namespace Cambio.Providers;

/// <summary>The query of an address, pair by pair as it is written.</summary>
internal static class AddressQuery
{
    /// <summary>The pairs; a question mark in front is none of them.</summary>
    public static IEnumerable<string> Pairs(string query) =>
        (query is ['?', .. var rest] ? rest : query).Split('&', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The name of a pair, decoded.</summary>
    public static string NameOf(string pair) => Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '));

    public static IEnumerable<string> Names(string query) => Pairs(query).Select(NameOf);
}
