namespace Cambio.Providers;

/// <summary>What is wrong with one key of a definition.</summary>
/// <param name="Path">The keys that lead to it, separated by dots; empty for the definition itself.</param>
/// <param name="Text">What is wrong and how to mend it, to be read behind the key.</param>
internal readonly record struct DefinitionMistake(string Path, string Text)
{
    /// <summary>The sentence, for a definition that stands in a file.</summary>
    public string In(string file) => Path.Length == 0 ? $"{file}: {Text}" : $"{file}: {Path} {Text}";

    /// <summary>The sentence, for a definition that stands in settings.</summary>
    public string Below(string key) => Path.Length == 0 ? $"{key} {Text}" : $"{key}:{Path.Replace('.', ':')} {Text}";
}
