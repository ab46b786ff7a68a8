using System.Text;
using System.Text.RegularExpressions;

namespace Cambio.Testing.Simulation;

/// <summary>A definition's template, read backwards: which texts can have been made from it, and from which token and client.</summary>
internal sealed class TextPattern
{
    private readonly string? constant;
    private readonly Lazy<Regex> regex;

    private TextPattern(string? constant, string expression)
    {
        this.constant = constant;
        regex = new(() => new Regex($"\\A{expression}\\z", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking));
    }

    /// <summary>The pattern of a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="variables">Values of the definition's variables.</param>
    /// <param name="gap">What any other <c>{name}</c> can stand for, a regular expression.</param>
    public static TextPattern Of(string template, IReadOnlyDictionary<string, string> variables, string gap = ".+?")
    {
        if (!template.Contains('{'))
        {
            return new TextPattern(template, "");
        }

        var expression = new StringBuilder();
        int position = 0;
        for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', position))
        {
            int close = template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            string name = template[(open + 1)..close];
            expression.Append(Regex.Escape(template[position..open])).Append(
                variables.TryGetValue(name, out string? value) ? Regex.Escape(value)
                : Captures.Names.Contains(name) ? $"(?<{name}>{gap})"
                : $"(?:{gap})");
            position = close + 1;
        }

        return new TextPattern(null, expression.Append(Regex.Escape(template[position..])).ToString());
    }

    /// <summary>Whether the text fits; what it was made from is added to the captures.</summary>
    public bool Fits(string text, Captures captures)
    {
        if (constant is not null)
        {
            return text == constant;
        }

        Match match = regex.Value.Match(text);
        return match.Success && Captures.Names.All(name => !match.Groups[name].Success || captures.Add(name, match.Groups[name].Value));
    }
}
