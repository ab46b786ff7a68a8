using System.Collections.Concurrent;
using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Identities;

/// <summary>One place where a claim may stand: a path, a template or a constant, and transforms behind it.</summary>
internal sealed class ClaimSource
{
    // Bounded: sources come from definitions alone, never from a request.
    private static readonly ConcurrentDictionary<string, ClaimSource> Parsed = new(StringComparer.Ordinal);

    private readonly string expression;
    private readonly Transform[] transforms;

    private ClaimSource(string expression, Transform[] transforms)
    {
        this.expression = expression;
        this.transforms = transforms;
    }

    public static ClaimSource Parse(string text) => Parsed.GetOrAdd(text, static t =>
    {
        string[] parts = t.Split('|', StringSplitOptions.TrimEntries);
        return new ClaimSource(parts[0], [.. parts.Skip(1).Select(Transforms.Find)]);
    });

    /// <summary>The claim's text, or null where it is absent.</summary>
    public string? ReadText(AnswerScope scope)
    {
        if (expression.StartsWith('='))
        {
            return expression[1..];
        }

        if (ProviderTemplate.IsTemplate(expression))
        {
            return transforms.Aggregate(ProviderTemplate.Fill(expression, scope), static (text, transform) => transform.OfText(text));
        }

        JsonElement? element = scope.Read(expression);
        if (transforms is [var first, .. var rest])
        {
            return rest.Aggregate(first.OfElement(element), static (text, transform) => transform.OfText(text));
        }

        return element is { } value ? JsonText.Of(value) : null;
    }

    /// <summary>The subject's text; null where it is absent, empty where it is there and unusable.</summary>
    public string? ReadSubject(AnswerScope scope) =>
        ProviderTemplate.IsTemplate(expression) && !expression.StartsWith('=') ? ReadParts(scope)
        : expression.StartsWith('=') ? ReadText(scope)
        : scope.Read(expression) is not { } element ? null
        : transforms.Length == 0 ? Subject.Of(element)
        : Subject.Of(element) is { } id && Subject.IsValid(id) ? ReadText(scope)
        : "";

    // An id made of several is as good as the worst of them: a team with a blank user is nobody.
    private string? ReadParts(AnswerScope scope)
    {
        foreach (string name in ProviderTemplate.Names(expression).Where(name => !scope.IsVariable(name)))
        {
            if (scope.Read(name) is not { } part)
            {
                return null;
            }

            if (Subject.Of(part) is not { } id || !Subject.IsValid(id))
            {
                return "";
            }
        }

        return ReadText(scope);
    }
}
