using System.Text.Json;

namespace Cambio.Providers;

/// <summary>What a provider answered: a 2xx with a JSON value, or a 4xx for the caller to judge.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The answer; undefined when a 4xx had none that can be read, or only the status or the head was asked for.</param>
internal readonly record struct ProviderAnswer(int Status, JsonElement Body)
{
    /// <summary>When it answered, by its own clock (RFC 9110 6.6.1).</summary>
    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public override string ToString() => $"{Status} [redacted]";
}
