using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cambio.Providers;

/// <summary>Evaluates a <see cref="ConditionDefinition"/>.</summary>
internal static class Condition
{
    // Bounded: patterns come from definitions alone, never from a request.
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>Whether the condition holds, or does not apply to this provider's settings.</summary>
    public static bool Holds(this ConditionDefinition condition, AnswerScope scope)
    {
        if (!condition.Applies(scope.Provider))
        {
            return true;
        }

        JsonElement? element = scope.Read(condition.Path);
        if (element is null && condition.Optional)
        {
            return true;
        }

        string? text = element is { } value ? JsonText.Of(value) : null;
        return (condition.Present is not { } present || present == IsPresent(element))
            && (condition.IsTrue is not { } flag || element?.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False))
            && (condition.EqualTo is not { } equal || (text is not null && text == ProviderTemplate.Fill(equal, scope)))
            && (condition.NotEqualTo is not { } other || (text is not null && text != ProviderTemplate.Fill(other, scope)))
            && (condition.OneOf is not { } list || (text is not null && list.Contains(text, StringComparer.Ordinal)))
            && (condition.Matches is not { } pattern || (text is not null && IsMatch(text, pattern)));
    }

    /// <summary>Whether the condition is in force under the provider's variables.</summary>
    public static bool Applies(this ConditionDefinition condition, Provider provider)
    {
        if (condition.Variable is not { } name)
        {
            return true;
        }

        string value = provider.Variables.GetValueOrDefault(name, "");
        return (condition.Is is not { } wanted || wanted.Contains(value, StringComparer.Ordinal))
            && (condition.IsNot is not { } unwanted || !unwanted.Contains(value, StringComparer.Ordinal));
    }

    /// <summary>Whether the whole text matches, in time linear in its length.</summary>
    public static bool IsMatch(string text, string pattern) => Patterns.GetOrAdd(pattern, static p => Whole(p)).IsMatch(text);

    /// <summary>Whether the pattern is one that <see cref="IsMatch"/> can take.</summary>
    public static bool CanMatch(string pattern) => Patterns.ContainsKey(pattern) || TryAdd(pattern);

    private static bool TryAdd(string pattern)
    {
        try
        {
            // Alone first: a bracket too many must not close the group that the whole match puts around it.
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            Patterns.TryAdd(pattern, Whole(pattern));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static Regex Whole(string pattern) => new($"\\A(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static bool IsPresent(JsonElement? element) => element is { } value && value.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.String => JsonText.Of(value) is { Length: > 0 },
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Number => value.GetRawText() != "0",
        _ => true,
    };
}
