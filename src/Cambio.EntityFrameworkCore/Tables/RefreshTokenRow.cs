using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A refresh token: its hash, never itself.</summary>
internal sealed class RefreshTokenRow
{
    public required byte[] Hash { get; init; }

    public required string SessionId { get; init; }

    public SessionRow? Session { get; init; }

    public byte[]? Parent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public bool Retried { get; init; }

    public static RefreshTokenRow From(RefreshToken token) => new()
    {
        Hash = token.Hash,
        SessionId = token.SessionId,
        Parent = token.Parent,
        CreatedAt = token.CreatedAt,
        ExpiresAt = token.ExpiresAt,
        UsedAt = token.UsedAt,
        Retried = token.Retried,
    };

    public RefreshToken ToToken() => new(Hash, SessionId, Parent, CreatedAt, ExpiresAt, UsedAt, Retried);

    public static void Map(EntityTypeBuilder<RefreshTokenRow> builder)
    {
        builder.ToTable("cambio_refresh_tokens", static table =>
            table.HasCheckConstraint("CK_cambio_refresh_tokens_hash", "length(hash) = 32"));
        builder.HasKey(static token => token.Hash);
        builder.HasIndex(static token => token.Parent);
        builder.HasIndex(static token => token.ExpiresAt);
        builder.HasOne(static token => token.Session).WithMany().HasForeignKey(static token => token.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
