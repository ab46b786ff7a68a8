using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;
using Microsoft.Extensions.Configuration;

namespace Cambio.Clients;

/// <summary>The confidential clients of the settings <c>Cambio:Clients</c>, as they were at start.</summary>
internal sealed class ClientRegistry
{
    private const string Key = "Cambio:Clients";

    /// <summary>Compared with when nobody has the id, so that an unknown id takes as long as a wrong secret.</summary>
    private static readonly byte[] Nobody = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    private readonly FrozenDictionary<string, Registration> clients;

    public ClientRegistry(IConfiguration configuration, ProviderCatalog catalog)
    {
        IConfigurationSection section = configuration.GetSection(Key);
        ClientSettings[] settings = [.. section.GetChildren().Select(static child => new ClientSettings(child))];
        string[] providers = [.. catalog.Ids, .. configuration.GetSection("Cambio:Providers").GetChildren().Select(static provider => provider.Key)];
        Mistakes =
        [
            .. section.Value is { Length: > 0 } ? [$"{Key} is a section; set the keys below it, such as {Key}:shop:Secret."] : Array.Empty<string>(),
            .. settings.SelectMany(client => client.Mistakes(providers)),
        ];
        clients = settings.ToFrozenDictionary(static client => client.Id, Registration.Of, StringComparer.Ordinal);
    }

    /// <summary>What is wrong with the settings, in sentences.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>No client is registered.</summary>
    public bool IsEmpty => clients.Count == 0;

    /// <summary>Whether a confidential client has this id, so that nobody may use it without the secret.</summary>
    public bool Knows(string id) => clients.ContainsKey(id);

    /// <summary>The client with this id, when the secret is its own; <c>invalid_client</c> otherwise.</summary>
    public Result<Client> Authenticate(string id, string secret)
    {
        Registration? found = clients.GetValueOrDefault(id);
        bool isItsOwn = CryptographicOperations.FixedTimeEquals(Hash(secret), found?.SecretHash ?? Nobody);
        return found is null ? ExchangeError.InvalidClient("client_unknown")
            : isItsOwn ? found.Client
            : ExchangeError.InvalidClient("client_secret_wrong");
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private sealed record Registration(Client Client, byte[] SecretHash)
    {
        public static Registration Of(ClientSettings settings) => new(
            new Client { Id = settings.Id, Providers = TextList.Split(settings.Options.Providers), Grants = TextList.Split(settings.Options.Grants) },
            Hash(settings.Options.Secret ?? ""));

        public override string ToString() => $"{Client} [redacted]";
    }
}
