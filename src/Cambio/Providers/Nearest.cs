namespace Cambio.Providers;

/// <summary>What somebody may have meant by a mistyped word.</summary>
internal static class Nearest
{
    /// <summary>A sentence with up to three likely words, with a space before it; empty when none is near.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        int limit = Math.Max(1, word.Length / 3);
        string[] near =
        [
            .. known.Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
                .Where(k => k.Distance <= limit)
                .OrderBy(k => k.Distance).ThenBy(k => k.Word, StringComparer.Ordinal)
                .Take(3).Select(k => k.Word),
        ];
        return near.Length == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    // Letters to insert, drop or replace; two swapped neighbours count once (optimal string alignment).
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
