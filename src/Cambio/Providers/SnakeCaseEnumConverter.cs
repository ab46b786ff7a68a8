using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>Writes a definition's enumerations as snake_case words; numbers are not taken.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
