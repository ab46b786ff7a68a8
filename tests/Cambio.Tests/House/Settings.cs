using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil.Cil;

namespace Cambio.Tests.House;

/// <summary>One setting as the code has it: its key, with <c>{id}</c> where a name of the operator's stands, and its default.</summary>
internal sealed record Setting(string Key, string Default);

/// <summary>Finds every setting: the properties of all public classes named <c>...Options</c>, and every key that the code asks for by text.</summary>
internal static partial class Settings
{
    /// <summary>Read key by key into a <see cref="Cambio.Providers.ProviderDefinition"/>, so that no options class shows it.</summary>
    public const string DefinitionKey = "Cambio:Providers:{id}:Definition:{key}";

    /// <summary>Text in the form of a key that is none: the name under which the store keeps a statement that it wrote.</summary>
    private const string InsertMark = "Cambio:Insert";

    /// <summary>The settings of the options classes.</summary>
    public static IReadOnlyList<Setting> OfOptions { get; } = Find();

    /// <summary>Keys and sections that stand in the code as text.</summary>
    public static IReadOnlyList<string> InCode { get; } =
        [.. (from module in Modules.All
             from found in Modules.Instructions(module)
             where found.Instruction.OpCode == OpCodes.Ldstr
             let text = (string)found.Instruction.Operand
             where Key().IsMatch(text) && text != InsertMark
             select text).Distinct()];

    private static List<Setting> Find()
    {
        Type[] classes = [.. Repository.Projects.Where(name => name != "Cambio.Testing").SelectMany(name => Assembly.Load(name).GetTypes()).Where(IsOptions)];
        Type[] nested = [.. classes.SelectMany(type => type.GetProperties()).Select(property => ItemOf(property.PropertyType))];
        return [.. classes.Except(nested).SelectMany(type => Below(SectionOf(type), type))];
    }

    private static bool IsOptions(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsPublic: true } && type.BaseType == typeof(object)
        && type.Name.EndsWith("Options", StringComparison.Ordinal);

    /// <summary>What a dictionary holds by name, else the type itself.</summary>
    private static Type ItemOf(Type type) =>
        type is { IsGenericType: true, GenericTypeArguments: [var name, var item] } && name == typeof(string) ? item : type;

    private static IEnumerable<Setting> Below(string section, Type type)
    {
        object? defaults = Activator.CreateInstance(type, nonPublic: true);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Type item = ItemOf(property.PropertyType);
            bool named = item != property.PropertyType;
            string key = $"{section}:{property.Name}";
            if (IsOptions(item))
            {
                foreach (Setting setting in Below(named ? key + ":{id}" : key, item))
                {
                    yield return setting;
                }
            }
            else if (named)
            {
                // Texts by name are laid beside the fixed keys: Variables["tenant"] is {id}:Tenant.
                yield return new Setting($"{section}:{{{property.Name.TrimEnd('s')}}}", "none");
            }
            else if (property.CanWrite)
            {
                yield return new Setting(key, Text(property.GetValue(defaults)));
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        null or "" => "none",
        bool flag => flag ? "`true`" : "`false`",
        _ => "`" + Convert.ToString(value, CultureInfo.InvariantCulture) + "`",
    };

    /// <summary>Where a class is bound: its summary says so in <c>Cambio:...</c>, else its name does.</summary>
    private static string SectionOf(Type type)
    {
        if (type == typeof(CambioOptions))
        {
            return "Cambio";
        }

        string file = Path.Combine(AppContext.BaseDirectory, type.Assembly.GetName().Name + ".xml");
        string? said = XDocument.Load(file).Descendants("member").FirstOrDefault(member => member.Attribute("name")?.Value == "T:" + type.FullName)?
            .Descendants("c").Select(c => c.Value).FirstOrDefault(text => text.StartsWith("Cambio:", StringComparison.Ordinal));
        return said ?? "Cambio:" + type.Name[..^"Options".Length];
    }

    [GeneratedRegex("^Cambio(:[A-Z][A-Za-z]*)+$")]
    private static partial Regex Key();
}
