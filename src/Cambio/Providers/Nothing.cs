using System.Collections.ObjectModel;

namespace Cambio.Providers;

/// <summary>The shared empty map that an absent key of a definition stands for.</summary>
internal static class Nothing<T>
{
    internal static IReadOnlyDictionary<string, T> Map => ReadOnlyDictionary<string, T>.Empty;
}
