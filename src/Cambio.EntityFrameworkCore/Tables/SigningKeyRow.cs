using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A key that signs our tokens, encrypted.</summary>
internal sealed class SigningKeyRow
{
    public required string Id { get; init; }

    public int Sequence { get; init; }

    public required string Algorithm { get; init; }

    public required byte[] Payload { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ActiveFrom { get; init; }

    public DateTimeOffset? RetiredAt { get; init; }

    public static SigningKeyRow From(ProtectedSigningKey key) => new()
    {
        Id = key.Id,
        Sequence = key.Sequence,
        Algorithm = key.Algorithm,
        Payload = key.Payload,
        CreatedAt = key.CreatedAt,
        ActiveFrom = key.ActiveFrom,
        RetiredAt = key.RetiredAt,
    };

    public ProtectedSigningKey ToKey() => new(Id, Sequence, Algorithm, Payload, CreatedAt, ActiveFrom, RetiredAt);

    public static void Map(EntityTypeBuilder<SigningKeyRow> builder)
    {
        builder.ToTable("cambio_signing_keys", static table => table.HasCheckConstraint("CK_cambio_signing_keys_id", "id <> ''"));
        builder.HasIndex(static key => key.Sequence).IsUnique();
    }
}
