using System.Globalization;

namespace Cambio.Server.Commands.Keys;

/// <summary>The signing keys as a table for a terminal.</summary>
internal static class KeysTable
{
    private const string Gap = "  ";

    private static readonly string[] Head = ["ID", "ALG", "STATE", "MADE", "SIGNS FROM", "GONE AFTER"];

    public static IEnumerable<string> Lines(IReadOnlyList<KeyFacts> keys)
    {
        string[][] rows = [Head, .. keys.Select(Cells)];
        int[] widths = [.. Head.Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string[] Cells(KeyFacts key) => [key.Id, key.Algorithm, key.State, Time(key.Made), Time(key.SignsFrom), Time(key.GoneAfter)];

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "-";
}
