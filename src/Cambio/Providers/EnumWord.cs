using System.Text.Json;

namespace Cambio.Providers;

/// <summary>The word that a definition has for a value of an enumeration.</summary>
internal static class EnumWord
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
