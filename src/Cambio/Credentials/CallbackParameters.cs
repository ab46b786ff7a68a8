using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What the provider put beside the code on its callback and wants back: what the definition lists, and nothing else.</summary>
internal static class CallbackParameters
{
    /// <summary>The listed ones that are there; null when none is.</summary>
    public static JsonElement? Of(Provider provider, AuthorizationCode code)
    {
        if (provider.Definition.Authorization.Callback.Count == 0)
        {
            return null;
        }

        Dictionary<string, string> listed = provider.Definition.Authorization.Callback
            .Where(name => code.Callback.TryGetValue(name, out string? value) && CredentialText.IsVisible(value))
            .ToDictionary(name => name, name => code.Callback[name], StringComparer.Ordinal);
        return listed.Count > 0 ? JsonSerializer.SerializeToElement(listed, DefinitionJson.Default.DictionaryStringString) : null;
    }
}
