using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A user's API token: its hash, and itself encrypted. It goes with its session.</summary>
internal sealed class ApiTokenRow
{
    public required byte[] Hash { get; init; }

    public Guid UserId { get; init; }

    public required string SessionId { get; init; }

    public SessionRow? Session { get; init; }

    public required byte[] Payload { get; init; }

    public static ApiTokenRow From(ProtectedApiToken token) => new()
    {
        Hash = token.Hash,
        UserId = UserKey.Parse(token.User),
        SessionId = token.SessionId,
        Payload = token.Payload,
    };

    public ProtectedApiToken ToToken() => new(Hash, UserKey.Write(UserId), SessionId, Payload);

    public static void Map(EntityTypeBuilder<ApiTokenRow> builder)
    {
        builder.ToTable("cambio_api_tokens", static table =>
            table.HasCheckConstraint("CK_cambio_api_tokens_hash", "length(hash) = 32"));
        builder.HasKey(static token => token.Hash);
        builder.HasOne<UserRow>().WithOne().HasForeignKey<ApiTokenRow>(static token => token.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(static token => token.Session).WithOne().HasForeignKey<ApiTokenRow>(static token => token.SessionId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
