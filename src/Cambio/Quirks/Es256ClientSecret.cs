using System.Runtime.CompilerServices;
using Cambio.Providers;

namespace Cambio.Quirks;

/// <summary>
/// The client secret is a short-lived ES256 JWT that the developer's key signs (Apple, "Creating a client secret").
/// Variables: <c>teamId</c>, <c>keyId</c>, <c>privateKey</c>.
/// </summary>
internal sealed class Es256ClientSecret : IQuirk
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    // A provider whose settings change is a new Provider, so that no secret outlives its key.
    private readonly ConditionalWeakTable<Provider, Secret> secrets = [];

    public string Name => "es256_client_secret";

    public IReadOnlyDictionary<string, VariableKind> Variables { get; } = new Dictionary<string, VariableKind>
    {
        ["teamId"] = VariableKind.Text, ["keyId"] = VariableKind.Text, ["privateKey"] = VariableKind.EcPrivateKey,
    };

    public string? ClientSecret(Provider provider, DateTimeOffset now)
    {
        if (secrets.TryGetValue(provider, out Secret? known) && known.MadeAt <= now && now < known.MadeAt + ShortLivedJwt.Lifetime - Margin)
        {
            return known.Value;
        }

        var made = new Secret(Create(provider, now), now);
        secrets.AddOrUpdate(provider, made);
        return made.Value;
    }

    private static string Create(Provider provider, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = provider.Variables["teamId"],
            ["sub"] = provider.ClientId,
            ["aud"] = ProviderTemplate.Fill(provider.Definition.Issuer ?? "", new AnswerScope(provider)) ?? "",
        };
        return ShortLivedJwt.Create(VariableKind.EcPrivateKey, provider.Variables["privateKey"], provider.Variables["keyId"], claims, now);
    }

    private sealed record Secret(string Value, DateTimeOffset MadeAt)
    {
        public override string ToString() => "client secret [redacted]";
    }
}
