using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A one-time code of ours: its hash, never itself.</summary>
internal sealed class OneTimeCodeRow
{
    public required byte[] Hash { get; init; }

    public required string Purpose { get; init; }

    public required byte[] Payload { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? SpentAt { get; init; }

    public static OneTimeCodeRow From(OneTimeCode code) => new()
    {
        Hash = code.Hash,
        Purpose = code.Purpose,
        Payload = code.Payload,
        ExpiresAt = code.ExpiresAt,
        SpentAt = code.SpentAt,
    };

    public OneTimeCode ToCode() => new(Hash, Purpose, Payload, ExpiresAt, SpentAt);

    public static void Map(EntityTypeBuilder<OneTimeCodeRow> builder)
    {
        builder.ToTable("cambio_one_time_codes", static table =>
        {
            table.HasCheckConstraint("CK_cambio_one_time_codes_hash", "length(hash) = 32");
            table.HasCheckConstraint("CK_cambio_one_time_codes_purpose", "purpose <> ''");
        });
        builder.HasKey(static code => code.Hash);
        builder.HasIndex(static code => code.ExpiresAt);
    }
}
