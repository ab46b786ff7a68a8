namespace Cambio;

/// <summary>A setting that no option has, or whose value its option cannot hold.</summary>
/// <param name="Key">The setting's full key.</param>
/// <param name="Sentence">The key and the fix in words.</param>
internal sealed record SettingsMistake(string Key, string Sentence);
