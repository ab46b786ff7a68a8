using Microsoft.Extensions.Configuration;

namespace Cambio;

/// <summary>Settings whose names are fixed and which this version does not serve yet: they are no mistake, and they change nothing.</summary>
internal static class UnservedSettings
{
    /// <summary>The sections.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["RateLimits"];

    private static readonly string[] Keys = ["Cambio:RateLimits"];

    /// <summary>Those that are set. One that only says false asks for nothing.</summary>
    public static IEnumerable<string> Find(IConfiguration configuration) =>
        Keys.Where(key => Values(configuration.GetSection(key)).Any(value => !"false".Equals(value, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Values(IConfigurationSection section) =>
        section.GetChildren().SelectMany(Values).Concat(section.Value is { Length: > 0 } value ? [value] : []);
}
