namespace Cambio.Server.Commands;

/// <summary>The catalogue as a table for a terminal: plain text, at most 120 columns.</summary>
internal static class ProvidersTable
{
    private const int Width = 120;
    private const string Gap = "  ";
    private const string Cut = "~";

    private static readonly string[] Head = ["ID", "NAME", "ACCEPTS", "PROOF", "E-MAIL", "SETTINGS"];

    // The id is what one came for, and the next two are words to be typed; the others give way.
    private static readonly int[] Yielding = [1, 3, 4, 5];

    public static IEnumerable<string> Lines(IReadOnlyList<ProviderFacts> providers)
    {
        string[][] rows = [Head, .. providers.Select(Cells)];
        int[] widths = Fit([.. Head.Select((_, column) => rows.Max(row => row[column].Length))]);
        return rows.Select(row => string.Join(Gap, row.Select((cell, column) => Pad(cell, widths[column]))).TrimEnd());
    }

    private static string[] Cells(ProviderFacts provider) =>
    [
        provider.Id,
        provider.Name,
        Words(provider.Accepts),
        provider.Proof is { } proof ? $"{proof.Kind}, {proof.Confidence}{(proof.OffUntil is not null ? " (off)" : "")}" : "-",
        Words(provider.EmailTrust),
        Words([.. provider.Variables.Select(variable => variable.Setting + (variable.IsRequired ? "*" : ""))]),
    ];

    private static string Words(IReadOnlyList<string> words) => words.Count == 0 ? "-" : string.Join(' ', words);

    private static int[] Fit(int[] widths)
    {
        int room = Width - (Gap.Length * (widths.Length - 1));
        while (widths.Sum() > room && Yielding.MaxBy(column => widths[column]) is var widest && widths[widest] > Cut.Length)
        {
            widths[widest]--;
        }

        return widths;
    }

    private static string Pad(string cell, int width) =>
        cell.Length <= width ? cell.PadRight(width) : cell[..(width - Cut.Length)] + Cut;
}
