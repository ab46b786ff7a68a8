using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>A list of texts. In JSON one text or an array of texts; in settings one text, its items separated by spaces or commas.</summary>
[CollectionBuilder(typeof(TextList), nameof(Create))]
[JsonConverter(typeof(TextListConverter))]
public sealed class TextList : IReadOnlyList<string>, IEquatable<TextList>
{
    private readonly string[] items;

    private TextList(string[] items) => this.items = items;

    /// <summary>The list without items.</summary>
    public static TextList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public string this[int index] => items[index];

    /// <summary>A list of these items, in this order.</summary>
    /// <param name="items">The items.</param>
    public static TextList Create(ReadOnlySpan<string> items) => items.IsEmpty ? Empty : new([.. items]);

    /// <summary>The items of a scalar setting: separated by spaces or commas, empty ones left out.</summary>
    /// <param name="text">The setting's value; null is no items.</param>
    public static TextList Split(string? text) =>
        string.IsNullOrWhiteSpace(text)
            ? Empty
            : new(text.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(TextList? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextList);

    /// <inheritdoc/>
    public override int GetHashCode() => items.Length == 0 ? 0 : HashCode.Combine(items.Length, items[0]);

    /// <summary>The items, separated by spaces.</summary>
    public override string ToString() => string.Join(' ', items);
}
