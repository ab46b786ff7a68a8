using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A sign-in on one device.</summary>
internal sealed class SessionRow
{
    public required string Id { get; init; }

    public Guid UserId { get; init; }

    public UserRow? User { get; init; }

    public required string Provider { get; init; }

    public string? Subject { get; init; }

    public string? ProviderSessionId { get; init; }

    public string? ClientId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? UserAgent { get; init; }

    public string? Address { get; init; }

    public static SessionRow From(Session session) => new()
    {
        Id = session.Id,
        UserId = UserKey.Parse(session.User),
        Provider = session.Provider,
        Subject = session.Subject,
        ProviderSessionId = session.ProviderSessionId,
        ClientId = session.ClientId,
        CreatedAt = session.CreatedAt,
        LastUsedAt = session.LastUsedAt,
        ExpiresAt = session.ExpiresAt,
        EndedAt = session.EndedAt,
        UserAgent = session.UserAgent,
        Address = session.Address,
    };

    public Session ToSession() => new()
    {
        Id = Id,
        User = UserKey.Write(UserId),
        Provider = Provider,
        Subject = Subject,
        ProviderSessionId = ProviderSessionId,
        ClientId = ClientId,
        CreatedAt = CreatedAt,
        LastUsedAt = LastUsedAt,
        ExpiresAt = ExpiresAt,
        EndedAt = EndedAt,
        UserAgent = UserAgent,
        Address = Address,
    };

    public static void Map(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("cambio_sessions", static table =>
        {
            table.HasCheckConstraint("CK_cambio_sessions_id", "id <> ''");
            table.HasCheckConstraint("CK_cambio_sessions_provider", "provider <> ''");
        });
        builder.HasIndex(static session => session.ExpiresAt);
        builder.HasIndex(static session => new { session.Provider, session.Subject });
        // Rows without the value are not in the index, so that opening a session does not pay for it.
        builder.HasIndex(static session => new { session.Provider, session.ProviderSessionId }).HasFilter("provider_session_id IS NOT NULL");
        builder.HasIndex(static session => session.EndedAt).HasFilter("ended_at IS NOT NULL");
        builder.HasOne(static session => session.User).WithMany().HasForeignKey(static session => session.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
