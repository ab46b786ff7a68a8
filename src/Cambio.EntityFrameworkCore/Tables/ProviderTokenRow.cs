using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A provider's tokens for one login, encrypted. They go with the login.</summary>
internal sealed class ProviderTokenRow
{
    public required string Provider { get; init; }

    public required string Subject { get; init; }

    public LoginRow? Login { get; init; }

    public Guid UserId { get; init; }

    public required byte[] Payload { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public static ProviderTokenRow From(ProtectedProviderTokens tokens) => new()
    {
        Provider = tokens.Provider,
        Subject = tokens.Subject,
        UserId = UserKey.Parse(tokens.User),
        Payload = tokens.Payload,
        ExpiresAt = tokens.ExpiresAt,
    };

    public ProtectedProviderTokens ToTokens() => new(UserKey.Write(UserId), Provider, Subject, Payload, ExpiresAt);

    public static void Map(EntityTypeBuilder<ProviderTokenRow> builder)
    {
        builder.ToTable("cambio_provider_tokens");
        builder.HasKey(static tokens => new { tokens.Provider, tokens.Subject });
        builder.HasOne(static tokens => tokens.Login).WithOne()
            .HasForeignKey<ProviderTokenRow>(static tokens => new { tokens.Provider, tokens.Subject })
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(static tokens => tokens.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
