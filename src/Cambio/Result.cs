using System.Diagnostics.CodeAnalysis;

namespace Cambio;

/// <summary>Either a value or the refusal that took its place. Refusals are values: none is ever thrown.</summary>
/// <typeparam name="T">What success carries.</typeparam>
public readonly struct Result<T>
    where T : notnull
{
    private Result(T? value, ExchangeError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value, or <see langword="null"/> (the default of <typeparamref name="T"/>) when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal, or <see langword="null"/> on success.</summary>
    public ExchangeError? Error { get; }

    /// <summary>Tells success from refusal, and which of the two properties may be read.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Success with <paramref name="value"/>.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Refusal with <paramref name="error"/>.</summary>
    public static implicit operator Result<T>(ExchangeError error) => new(default, error);
}
