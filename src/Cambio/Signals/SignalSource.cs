using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>The address that a signal came to.</summary>
/// <param name="Provider">Whose it is.</param>
/// <param name="Name">Which of the provider's.</param>
/// <param name="Definition">How the provider writes there.</param>
internal sealed record SignalSource(Provider Provider, string Name, SignalDefinition Definition)
{
    /// <summary>The address, or <c>unknown_provider</c> or <c>not_found</c>.</summary>
    public static Result<SignalSource> Find(ProviderRegistry providers, string provider, string name)
    {
        Result<Provider> found = providers.Find(provider);
        return !found.IsSuccess ? found.Error
            : found.Value.Definition.Signals.TryGetValue(name, out SignalDefinition? definition) ? new SignalSource(found.Value, name, definition)
            : ExchangeError.NotFound("unknown_signal");
    }

    /// <summary>The mark that a signal leaves. The name is part of it: one provider may say the same thing at two addresses, for two ends.</summary>
    public ReplayMark Mark(string id, DateTimeOffset until) => new(Base64Url.EncodeToString(Hash(id)), until);

    /// <summary>A code that only who was sent the signal can know, in letters and digits.</summary>
    public string Code(string secret) => Convert.ToHexStringLower(Hash($"confirmation {secret}").AsSpan(0, 16));

    private byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes($"signal {Provider.Id} {Name} {text}"));
}
