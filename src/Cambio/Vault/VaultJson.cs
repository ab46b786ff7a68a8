using System.Text.Json.Serialization;

namespace Cambio.Vault;

/// <summary>Writes what the room seals, without reflection.</summary>
[JsonSerializable(typeof(ProviderTokens))]
internal sealed partial class VaultJson : JsonSerializerContext;
