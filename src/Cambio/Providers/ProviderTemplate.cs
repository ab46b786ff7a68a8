using System.Text;

namespace Cambio.Providers;

/// <summary>Text with <c>{names}</c> to fill in.</summary>
internal static class ProviderTemplate
{
    public static bool IsTemplate(string text) => text.Contains('{');

    /// <summary>The filled-in text, or null when something that it names is not known.</summary>
    /// <param name="template">The text.</param>
    /// <param name="scope">What is known.</param>
    /// <param name="encode">How a value is written; variables are the operator's own and stay as they are.</param>
    public static string? Fill(string template, AnswerScope scope, Func<string, string>? encode = null)
    {
        int open = template.IndexOf('{');
        if (open < 0)
        {
            return template;
        }

        var result = new StringBuilder(template.Length + 32);
        int position = 0;
        while (open >= 0)
        {
            int close = template.IndexOf('}', open);
            if (close < 0 || scope.Lookup(template[(open + 1)..close]) is not { } value)
            {
                return null;
            }

            bool raw = encode is null || scope.IsVariable(template[(open + 1)..close]);
            result.Append(template, position, open - position).Append(raw ? value : encode!(value));
            position = close + 1;
            open = template.IndexOf('{', position);
        }

        return result.Append(template, position, template.Length - position).ToString();
    }

    /// <summary>The names that the template needs.</summary>
    public static IEnumerable<string> Names(string template)
    {
        for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            int close = template.IndexOf('}', open);
            if (close < 0)
            {
                yield break;
            }

            yield return template[(open + 1)..close];
        }
    }
}
