using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Storage;

namespace Cambio.Tests.Pipeline;

public sealed class ProfilesTests
{
    private static readonly Account Mine = new()
    {
        User = new("u1"), CreatedAt = DateTimeOffset.UnixEpoch, Name = "Old Name", Email = "old@example.com", EmailVerified = true, ProfileSource = "lead",
    };

    private static readonly ExternalIdentity Theirs = new()
    {
        Provider = "lead", Subject = "1", Name = "New Name", GivenName = "New", Email = "new@example.com", EmailVerified = true, EmailTrusted = true,
    };

    [Fact]
    public void The_provider_that_the_account_came_from_keeps_it_up_to_date()
    {
        Account updated = Profiles.Update(Mine, Theirs);
        Assert.Equal("New Name", updated.Name);
        Assert.Equal("New", updated.GivenName);
    }

    [Fact]
    public void Another_provider_only_fills_gaps()
    {
        Account updated = Profiles.Update(Mine, Theirs with { Provider = "other" });
        Assert.Equal("Old Name", updated.Name);
        Assert.Equal("New", updated.GivenName);
    }

    [Fact]
    public void What_the_user_set_stays_even_when_it_was_set_to_nothing()
    {
        Account updated = Profiles.Update(Mine with { Edited = "name given_name", GivenName = null }, Theirs);
        Assert.Equal("Old Name", updated.Name);
        Assert.Null(updated.GivenName);
    }

    [Fact]
    public void What_the_provider_no_longer_says_stays() =>
        Assert.Equal("Old Name", Profiles.Update(Mine, Theirs with { Name = null }).Name);

    [Fact]
    public void The_address_that_accounts_are_found_by_never_moves()
    {
        Account updated = Profiles.Update(Mine, Theirs);
        Assert.Equal("old@example.com", updated.Email);
        Assert.False(updated.EmailProven);
    }

    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, true, false)]
    [InlineData(false, true, false, false)]
    public void A_new_account_has_a_proven_address_only_from_a_trusted_provider(bool keep, bool trusted, bool verified, bool proven)
    {
        Account account = Profiles.Fill(new() { User = new("u2"), CreatedAt = DateTimeOffset.UnixEpoch }, Theirs with { EmailTrusted = trusted }, keep);
        Assert.Equal(keep ? "new@example.com" : null, account.Email);
        Assert.Equal(verified, account.EmailVerified);
        Assert.Equal(proven, account.EmailProven);
    }
}
