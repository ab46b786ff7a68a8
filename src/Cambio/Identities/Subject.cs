using System.Text.Json;
using Cambio.Credentials;

namespace Cambio.Identities;

/// <summary>What can be a provider's id of a user.</summary>
internal static class Subject
{
    private const int MaxLength = 255;

    /// <summary>The id as <see cref="SubjectText"/> reads it; null where nothing is, and empty, which is never valid, where something is that is no id.</summary>
    public static string? Of(JsonElement element) =>
        element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : SubjectText.Of(element) ?? "";

    /// <summary>Not blank, not zero, no control characters, at most 255 characters (OpenID Connect Core 2).</summary>
    public static bool IsValid(string subject) =>
        subject.Length <= MaxLength && !string.IsNullOrWhiteSpace(subject) && subject != "0" && !subject.AsSpan().ContainsAnyInRange('\0', '\u001f')
        && !subject.Contains('\u007f');
}
