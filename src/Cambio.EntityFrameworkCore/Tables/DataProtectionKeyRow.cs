using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>An element of the Data Protection key ring.</summary>
internal sealed class DataProtectionKeyRow
{
    public int Id { get; init; }

    public string? FriendlyName { get; init; }

    public required string Xml { get; init; }

    public static void Map(EntityTypeBuilder<DataProtectionKeyRow> builder) => builder.ToTable("cambio_data_protection_keys");
}
