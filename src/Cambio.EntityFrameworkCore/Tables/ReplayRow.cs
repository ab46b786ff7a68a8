using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A spent one-time credential.</summary>
internal sealed class ReplayRow
{
    public required string Key { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public static void Map(EntityTypeBuilder<ReplayRow> builder)
    {
        builder.ToTable("cambio_replays", static table => table.HasCheckConstraint("CK_cambio_replays_key", "\"key\" <> ''"));
        builder.HasKey(static replay => replay.Key);
        builder.HasIndex(static replay => replay.ExpiresAt);
    }
}
