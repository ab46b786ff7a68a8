using Cambio.Providers;
using Microsoft.Extensions.Configuration;

namespace Cambio.Clients;

/// <summary>The settings of one confidential client as they were typed, <c>Cambio:Clients:{id}</c>.</summary>
internal sealed class ClientSettings(IConfigurationSection section)
{
    private const int LongestId = 100;
    private const int ShortestSecret = 16;

    private static readonly string[] Names = [nameof(ClientOptions.Grants), nameof(ClientOptions.Providers), nameof(ClientOptions.Secret)];

    public string Id => section.Key;

    public ClientOptions Options { get; } = new()
    {
        Secret = section[nameof(ClientOptions.Secret)],
        Providers = section[nameof(ClientOptions.Providers)],
        Grants = section[nameof(ClientOptions.Grants)],
    };

    /// <summary>Everything that is wrong, each with its key and the fix; never a secret's value.</summary>
    /// <param name="providers">The providers that there are.</param>
    public IEnumerable<string> Mistakes(IReadOnlyCollection<string> providers) =>
    [
        .. MistakesOfId(),
        .. section.GetChildren().SelectMany(MistakesOfKey),
        .. MistakesOfSecret(),
        .. Strays(nameof(ClientOptions.Providers), Options.Providers, providers, "no provider that is known here"),
        .. Strays(nameof(ClientOptions.Grants), Options.Grants, GrantTypes.All, $"no grant. Known are {string.Join(", ", GrantTypes.All)}"),
    ];

    // RFC 6749 A.1, without the space that would make it look like two.
    private IEnumerable<string> MistakesOfId()
    {
        if (Id.Length > LongestId || Id.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            yield return $"{section.Path} is no client id; write 1 to {LongestId} visible ASCII characters without a colon.";
        }

        if (section.Value is { Length: > 0 })
        {
            yield return $"{section.Path} is a section; set the keys below it, such as {section.Path}:{nameof(ClientOptions.Secret)}.";
        }
    }

    private static IEnumerable<string> MistakesOfKey(IConfigurationSection key)
    {
        if (!Names.Contains(key.Key, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{key.Path} is not a setting. Known here are {string.Join(", ", Names)}.";
        }
        else if (key.GetChildren().Any())
        {
            yield return $"{key.Path} is a list or a section; write one text, its items separated by spaces or commas.";
        }
    }

    private IEnumerable<string> MistakesOfSecret()
    {
        if (Options.Secret is not { Length: >= ShortestSecret } secret || secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            yield return $"{section.Path}:{nameof(ClientOptions.Secret)} must be at least {ShortestSecret} visible ASCII characters: set a random one.";
        }
    }

    private IEnumerable<string> Strays(string name, string? list, IReadOnlyCollection<string> known, string what) =>
        from item in TextList.Split(list)
        where !known.Contains(item, StringComparer.Ordinal)
        select $"{section.Path}:{name} names \"{item}\", which is {what}.{Nearest.Hint(item, known)}";
}
