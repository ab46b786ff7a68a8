namespace Cambio.Testing.Simulation;

/// <summary>Whose token and which client a call showed, wherever in it they stood. Never prints them.</summary>
internal sealed class Captures
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>What a template can hold of a caller.</summary>
    public static IReadOnlyList<string> Names { get; } = ["access_token", "code", "client_id", "client_secret"];

    public string? AccessToken => values.GetValueOrDefault("access_token");

    public string? Code => values.GetValueOrDefault("code");

    public string? ClientId => values.GetValueOrDefault("client_id");

    public string? ClientSecret => values.GetValueOrDefault("client_secret");

    /// <summary>False where the call says two different things.</summary>
    public bool Add(string name, string value) => values.TryAdd(name, value) || values[name] == value;

    public override string ToString() => "captures [redacted]";
}
