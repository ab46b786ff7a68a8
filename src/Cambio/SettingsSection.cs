namespace Cambio;

/// <summary>A section below <c>Cambio</c> and the type whose properties are its keys, so that a mistyped key is found at start.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Options">The type; null when somebody else checks what is in it.</param>
internal sealed record SettingsSection(string Name, Type? Options);
