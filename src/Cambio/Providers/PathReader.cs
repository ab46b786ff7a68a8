namespace Cambio.Providers;

/// <summary>Reads the text of a <see cref="ProviderPath"/>.</summary>
internal ref struct PathReader(string text)
{
    private int position;

    /// <summary>All segments, or null when the text is not a path.</summary>
    public ProviderPath.Segment[]? ReadAll()
    {
        var segments = new List<ProviderPath.Segment>();
        do
        {
            string? name = ReadName();
            KeyValuePair<string, string>[]? filter = null;
            if (Next('[') && (filter = ReadFilter()) is null)
            {
                return null;
            }

            if (name is null && filter is null)
            {
                return null;
            }

            segments.Add(new(name, filter));
        }
        while (Next('.'));
        return position == text.Length ? [.. segments] : null;
    }

    private string? ReadName()
    {
        int start = position;
        if (Next('"'))
        {
            int end = text.IndexOf('"', position);
            if (end <= position)
            {
                return null;
            }

            position = end + 1;
            return text[(start + 1)..end];
        }

        while (position < text.Length && !(text[position] is '.' or '[' or ']' or '"' or '|' or '{' or '}' or '=' or ',' || char.IsWhiteSpace(text[position])))
        {
            position++;
        }

        return position > start ? text[start..position] : null;
    }

    private KeyValuePair<string, string>[]? ReadFilter()
    {
        int end = text.IndexOf(']', position);
        if (end < 0)
        {
            return null;
        }

        string inside = text[position..end];
        position = end + 1;
        if (inside.Length == 0)
        {
            return [];
        }

        string[] parts = inside.Split(',');
        var filter = new KeyValuePair<string, string>[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            int equals = parts[i].IndexOf('=');
            if (equals <= 0)
            {
                return null;
            }

            filter[i] = new(parts[i][..equals], parts[i][(equals + 1)..]);
        }

        return filter;
    }

    private bool Next(char c)
    {
        if (position >= text.Length || text[position] != c)
        {
            return false;
        }

        position++;
        return true;
    }
}
