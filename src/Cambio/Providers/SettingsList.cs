namespace Cambio.Providers;

/// <summary>
/// The one rule by which a scalar setting of a definition becomes a list. Commas separate items; within an item spaces do too, unless
/// it is an expression: it holds a template (<c>{</c>) or a transform (<c>|</c>), or begins with <c>=</c>. Nothing within brackets, braces or
/// quotes separates.
/// </summary>
internal static class SettingsList
{
    public static TextList Split(string value) =>
        [.. Cut(value, static c => c == ',').SelectMany(item => IsExpression(item) ? [item] : Cut(item, char.IsWhiteSpace))];

    private static bool IsExpression(string item) => item.StartsWith('=') || item.Contains('{') || item.Contains('|');

    private static List<string> Cut(string text, Func<char, bool> isSeparator)
    {
        var items = new List<string>();
        int start = 0;
        int depth = 0;
        bool quoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (depth == 0 && !quoted && isSeparator(text[i])))
            {
                if (text[start..i].Trim() is { Length: > 0 } item)
                {
                    items.Add(item);
                }

                start = i + 1;
                continue;
            }

            quoted ^= text[i] == '"';
            depth = Math.Max(0, depth + text[i] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 });
        }

        return items;
    }
}
