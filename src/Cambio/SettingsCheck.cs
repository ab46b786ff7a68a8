using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Cambio;

/// <summary>Finds settings that no option has, and values that their option cannot hold.</summary>
internal static class SettingsCheck
{
    public const string Root = "Cambio";

    /// <summary>Every mistake; values are never repeated.</summary>
    public static IEnumerable<SettingsMistake> Mistakes(IConfiguration configuration, IReadOnlyCollection<SettingsSection> sections)
    {
        foreach (IConfigurationSection child in configuration.GetSection(Root).GetChildren())
        {
            SettingsSection? section = sections.FirstOrDefault(s => s.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            IEnumerable<SettingsMistake> found = section switch
            {
                null => CheckKey(child, typeof(CambioOptions), sections.Select(s => s.Name)),
                { Options: { } type } => CheckSection(child, type),
                _ => [],
            };
            foreach (SettingsMistake mistake in found)
            {
                yield return mistake;
            }
        }
    }

    /// <summary>Binds what fits. The start check reports the rest, together with all other mistakes.</summary>
    public static void BindWhatFits(IConfiguration configuration, IReadOnlyCollection<SettingsSection> sections, CambioOptions options)
    {
        SettingsMistake[] mistakes = [.. Mistakes(configuration, sections)];
        IEnumerable<KeyValuePair<string, string?>> fitting = configuration.GetSection(Root).AsEnumerable()
            .Where(setting => !Array.Exists(mistakes, mistake => setting.Key.StartsWith(mistake.Key, StringComparison.OrdinalIgnoreCase)));
        new ConfigurationBuilder().AddInMemoryCollection(fitting).Build().GetSection(Root).Bind(options);
    }

    private static IEnumerable<SettingsMistake> CheckSection(IConfigurationSection section, Type options) =>
        section.GetChildren().SelectMany(child => CheckKey(child, options, []));

    private static IEnumerable<SettingsMistake> CheckKey(IConfigurationSection key, Type options, IEnumerable<string> others)
    {
        PropertyInfo[] properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        PropertyInfo? property = Array.Find(properties, p => p.Name.Equals(key.Key, StringComparison.OrdinalIgnoreCase));
        if (property is null)
        {
            string known = string.Join(", ", properties.Select(p => p.Name).Concat(others).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            return [new(key.Path, $"{key.Path} is not a setting. Known here are {known}.")];
        }

        if (property.PropertyType.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true && property.PropertyType.IsClass)
        {
            return CheckSection(key, property.PropertyType);
        }

        return key.GetChildren().Any() ? [new(key.Path, $"{key.Path} is a list or a section; write one text, its items separated by spaces or commas.")]
            : key.Value is { } value && !Fits(value, property.PropertyType) ? [new(key.Path, $"{key.Path} must be {Describe(property.PropertyType)}.")]
            : [];
    }

    private static bool Fits(string value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            return Enum.GetNames(plain).Contains(value, StringComparer.OrdinalIgnoreCase);
        }

        if (plain == typeof(TimeSpan))
        {
            return TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _);
        }

        return plain == typeof(string) || TypeDescriptor.GetConverter(plain).IsValid(value);
    }

    private static string Describe(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } e => $"one of {string.Join(", ", Enum.GetNames(e))}",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(TimeSpan) => "a time such as 00:00:05 or 30.00:00:00",
        var t when t == typeof(int) => "a whole number",
        var t => $"a {t.Name}",
    };
}
