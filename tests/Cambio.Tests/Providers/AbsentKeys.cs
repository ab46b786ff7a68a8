using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>Source-generated reading sets what is absent to null and skips initialisers; nobody may see that.</summary>
public sealed class AbsentKeys
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<string, string> Properties
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Type record in Records(typeof(ProviderDefinition), []))
            {
                foreach (PropertyInfo property in record.GetProperties().Where(IsPromised))
                {
                    data.Add(record.Name, property.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void An_absent_key_is_an_empty_value_and_never_null(string record, string property)
    {
        Type type = typeof(ProviderDefinition).Assembly.GetType($"Cambio.Providers.{record}", throwOnError: true)!;
        JsonTypeInfo info = DefinitionJson.Default.GetTypeInfo(type)!;
        var least = new JsonObject(info.Properties.Where(p => p.IsRequired).Select(p => KeyValuePair.Create(p.Name, Any(p.PropertyType))));
        object read = JsonSerializer.Deserialize(least.ToJsonString(), info)!;
        Assert.NotNull(type.GetProperty(property)!.GetValue(read));
    }

    private static JsonNode? Any(Type type) =>
        type.IsEnum ? JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(0), DefinitionJson.Default.GetTypeInfo(type)!) : "x";

    [Fact]
    public void Every_list_and_map_is_covered()
    {
        string[] covered = [.. Properties.Select(row => $"{row.Data.Item1}.{row.Data.Item2}")];
        Assert.Contains("ProviderDefinition.Aliases", covered);
        Assert.Contains("ProviderDefinition.Token", covered);
        Assert.Contains("TokenRequestDefinition.Headers", covered);
        Assert.Contains("ProviderCallDefinition.Query", covered);
        Assert.Contains("IdTokenDefinition.Algorithms", covered);
        Assert.Contains("AccessTokenProofDefinition.Require", covered);
    }

    private static bool IsPromised(PropertyInfo property) =>
        !property.PropertyType.IsValueType
        && property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null
        && Nullability.Create(property).ReadState == NullabilityState.NotNull;

    private static HashSet<Type> Records(Type type, HashSet<Type> found)
    {
        JsonTypeInfo? info = DefinitionJson.Default.GetTypeInfo(type);
        if (info?.Kind == JsonTypeInfoKind.Dictionary)
        {
            return Records(info.ElementType!, found);
        }

        if (info?.Kind == JsonTypeInfoKind.Object && found.Add(type))
        {
            foreach (JsonPropertyInfo property in info.Properties)
            {
                Records(property.PropertyType, found);
            }
        }

        return found;
    }
}
