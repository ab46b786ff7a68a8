using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>An identity at a provider, linked to a user.</summary>
internal sealed class LoginRow
{
    public required string Provider { get; init; }

    public required string Subject { get; init; }

    public Guid UserId { get; init; }

    public UserRow? User { get; init; }

    public string? Email { get; init; }

    public DateTimeOffset LinkedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }

    public static LoginRow From(Login login) => new()
    {
        Provider = login.Provider,
        Subject = login.Subject,
        UserId = UserKey.Parse(login.User),
        Email = login.Email,
        LinkedAt = login.LinkedAt,
        LastUsedAt = login.LastUsedAt,
    };

    public Login ToLogin() => new(Provider, Subject, UserKey.Write(UserId), Email, LinkedAt, LastUsedAt);

    public static void Map(EntityTypeBuilder<LoginRow> builder)
    {
        builder.ToTable("cambio_logins", static table =>
        {
            table.HasCheckConstraint("CK_cambio_logins_provider", "provider <> ''");
            table.HasCheckConstraint("CK_cambio_logins_subject", "subject <> ''");
        });
        builder.HasKey(static login => new { login.Provider, login.Subject });
        builder.HasOne(static login => login.User).WithMany().HasForeignKey(static login => login.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
