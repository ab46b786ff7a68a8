using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary><c>catalog/provider.schema.json</c>, which editors complete a <c>provider.json</c> by, is the record and nothing else.</summary>
public sealed partial class SchemaFile
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Cambio.xml"))
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!));

    [Fact]
    public void The_schema_is_the_exported_one()
    {
        string file = Path.Combine(Root(), "catalog", "provider.schema.json");
        string exported = Export().ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("CAMBIO_APPROVE") == "1")
        {
            File.WriteAllText(file, exported);
        }

        Assert.True(File.ReadAllText(file) == exported, "catalog/provider.schema.json is not what the records say. CAMBIO_APPROVE=1 ./test --quick rewrites it.");
    }

    [Fact]
    public void The_schema_takes_a_list_as_one_text_or_several() =>
        Assert.Equal(["string", "array"], Property("aliases")["oneOf"]!.AsArray().Select(choice => (string)choice!["type"]!));

    [Theory]
    [InlineData("token")]
    [InlineData("idToken")]
    [InlineData("accessTokenProof")]
    public void The_schema_takes_no_other_keys(string property) => Assert.False((bool)Property(property)["additionalProperties"]!);

    [Fact]
    public void The_schema_explains_each_key() =>
        Assert.Equal("The provider's own documentation of its sign-in.", (string)Property("docs")["description"]!);

    private static JsonNode Property(string name) => Export()["properties"]![name]!;

    private static JsonObject Export()
    {
        JsonObject schema = DefinitionJson.Default.Options.GetJsonSchemaAsNode(
            typeof(ProviderDefinition), new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform }).AsObject();
        schema.Insert(0, "$schema", Dialect);
        schema.Insert(1, "title", "A provider of Cambio's catalogue");
        return schema;
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        JsonObject schema = node as JsonObject ?? new JsonObject();
        if ((Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type) == typeof(TextList))
        {
            schema = JsonNode.Parse("""{"oneOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"string","minLength":1}}]}""")!.AsObject();
        }

        // A key that may be absent is still never null.
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Single(type => (string?)type != "null")!.DeepClone();
        }

        if (schema["enum"] is JsonArray words)
        {
            schema["enum"] = new JsonArray([.. words.Where(word => word is not null).Select(word => word!.DeepClone())]);
        }

        if (Describe(context) is { } description && !schema.ContainsKey("$ref"))
        {
            schema.Insert(0, "description", description);
        }

        return schema;
    }

    private static string? Describe(JsonSchemaExporterContext context) =>
        context.PropertyInfo?.AttributeProvider is MemberInfo member
            ? Summaries.GetValueOrDefault($"P:{member.DeclaringType!.FullName}.{member.Name}")
            : Summaries.GetValueOrDefault($"T:{context.TypeInfo.Type.FullName}");

    private static string Text(XElement summary)
    {
        string text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement element => element.Attribute("cref") is { } cref ? Word(cref.Value) : element.Value,
            XText words => words.Value,
            _ => "",
        }));
        return Blank().Replace(text, " ").Trim();
    }

    // T:Cambio.Providers.ClaimsDefinition and P:...ProviderDefinition.EmailTrust, as a provider.json knows them.
    private static string Word(string cref)
    {
        string name = cref[(cref.LastIndexOf('.') + 1)..];
        return JsonNamingPolicy.CamelCase.ConvertName(cref[0] == 'T' && name != nameof(ProviderDefinition) ? name.Replace("Definition", "", StringComparison.Ordinal) : name);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cambio.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
