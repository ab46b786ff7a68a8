using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>A local user.</summary>
internal sealed class UserRow
{
    public Guid Id { get; init; }

    public string? PreferredUsername { get; init; }

    public string? NormalizedUsername { get; init; }

    public string? Name { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? Email { get; init; }

    public string? NormalizedEmail { get; init; }

    public bool EmailVerified { get; init; }

    public bool EmailProven { get; init; }

    public string? Picture { get; init; }

    public string? Locale { get; init; }

    public string? Profile { get; init; }

    public string? ProfileSource { get; init; }

    public string Edited { get; init; } = "";

    public string? AcceptedTerms { get; init; }

    public bool Disabled { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public static UserRow From(Account account) => new()
    {
        Id = UserKey.Parse(account.User),
        PreferredUsername = account.PreferredUsername,
        // Upper case by the invariant simple mapping: it folds the most look-alikes, which is the safe side for a unique name.
        NormalizedUsername = account.PreferredUsername?.ToUpperInvariant(),
        Name = account.Name,
        GivenName = account.GivenName,
        FamilyName = account.FamilyName,
        Email = account.Email,
        NormalizedEmail = account.Email is null ? null : EmailAddress.Normalize(account.Email),
        EmailVerified = account.EmailVerified,
        EmailProven = account.EmailProven,
        Picture = account.Picture,
        Locale = account.Locale,
        Profile = account.Profile,
        ProfileSource = account.ProfileSource,
        Edited = account.Edited,
        AcceptedTerms = account.AcceptedTerms,
        Disabled = account.Disabled,
        CreatedAt = account.CreatedAt,
    };

    public Account ToAccount() => new()
    {
        User = UserKey.Write(Id),
        PreferredUsername = PreferredUsername,
        Name = Name,
        GivenName = GivenName,
        FamilyName = FamilyName,
        Email = Email,
        EmailVerified = EmailVerified,
        EmailProven = EmailProven,
        Picture = Picture,
        Locale = Locale,
        Profile = Profile,
        ProfileSource = ProfileSource,
        Edited = Edited,
        AcceptedTerms = AcceptedTerms,
        Disabled = Disabled,
        CreatedAt = CreatedAt,
    };

    public static void Map(EntityTypeBuilder<UserRow> builder)
    {
        builder.ToTable("cambio_users", static table =>
        {
            table.HasCheckConstraint("CK_cambio_users_username", "preferred_username <> ''");
            table.HasCheckConstraint("CK_cambio_users_email", "email <> ''");
        });
        builder.Property(static user => user.Id).ValueGeneratedNever();
        builder.HasIndex(static user => user.NormalizedUsername, "IX_cambio_users_username").IsUnique();
        builder.HasIndex(static user => user.NormalizedEmail, "IX_cambio_users_email");
        builder.HasIndex(static user => user.NormalizedEmail, "IX_cambio_users_proven_email").IsUnique().HasFilter("email_proven");
    }
}
