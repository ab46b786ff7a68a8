using Cambio.Accounts;
using Cambio.Storage;

namespace Cambio.Tests.Accounts;

public sealed class ProfileEditTests
{
    private static readonly Account Ada = new()
    {
        User = new UserRef("u-ada"),
        CreatedAt = default,
        PreferredUsername = "a-name-that-a-random-ending-made-long-1234",
        Name = "Ada Lovelace",
        Email = "ada@example.com",
        EmailVerified = true,
        EmailProven = true,
        Locale = "en_GB",
        Edited = "picture",
    };

    [Theory]
    [InlineData("name", "Ada King", "Ada King")]
    [InlineData("name", "  Ada\u202e\u0000 King\r\n ", "Ada King")]
    [InlineData("name", null, null)]
    [InlineData("name", "", null)]
    [InlineData("name", " \t ", null)]
    [InlineData("given_name", "Ada", "Ada")]
    [InlineData("family_name", "King-Noel", "King-Noel")]
    [InlineData("preferred_username", "ada.l", "ada.l")]
    [InlineData("preferred_username", "Ada_42", "Ada_42")]
    [InlineData("preferred_username", "a-name-that-a-random-ending-made-long-1234", "a-name-that-a-random-ending-made-long-1234")]
    [InlineData("preferred_username", null, null)]
    [InlineData("picture", "https://img.example/a.png?s=1", "https://img.example/a.png?s=1")]
    [InlineData("locale", "de", "de")]
    [InlineData("locale", "zh-Hant-TW", "zh-Hant-TW")]
    [InlineData("locale", "en_GB", "en_GB")]
    public void A_wish_is_fulfilled_and_marked_as_the_users_own(string claim, string? wish, string? expected)
    {
        Result<Account> edited = ProfileEdit.Apply(Ada, Wishes((claim, wish)));

        Assert.True(edited.IsSuccess, edited.Error?.Description);
        Assert.Equal(expected, EditableClaim.All.Single(known => known.Name == claim).Read(edited.Value));
        Assert.Equal(claim == "picture" ? "picture" : $"picture {claim}", edited.Value.Edited);
    }

    [Theory]
    [InlineData("name", "\u202e\u0001")]
    [InlineData("preferred_username", "ada lovelace")]
    [InlineData("preferred_username", "ada@example.com")]
    [InlineData("preferred_username", "adá")]
    [InlineData("preferred_username", ".ada")]
    [InlineData("preferred_username", "ada-")]
    [InlineData("preferred_username", "<ada>")]
    [InlineData("preferred_username", "abcdefghijklmnopqrstuvwxyz01234")]
    [InlineData("picture", "http://img.example/a.png")]
    [InlineData("picture", "javascript:alert(1)")]
    [InlineData("picture", "data:image/png;base64,AA==")]
    [InlineData("picture", "//img.example/a.png")]
    [InlineData("picture", "https://me:secret@img.example/")]
    [InlineData("locale", "d")]
    [InlineData("locale", "de_AT")]
    [InlineData("locale", "de--AT")]
    [InlineData("locale", "12")]
    [InlineData("locale", "de, en")]
    [InlineData("locale", "englishlanguage")]
    [InlineData("email", "eve@example.com")]
    [InlineData("email_verified", "true")]
    [InlineData("id", "u-eve")]
    [InlineData("profile", "https://example.com/")]
    [InlineData("Name", "Ada")]
    [InlineData("nickname", null)]
    public void What_cannot_be_set_is_refused_and_named(string member, string? wish)
    {
        Result<Account> edited = ProfileEdit.Apply(Ada, Wishes(("given_name", "Ada"), (member, wish)));

        Assert.Equal(ErrorCodes.InvalidRequest, edited.Error?.Code);
        Assert.StartsWith($"{member} ", edited.Error?.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>")]
    [InlineData("a b")]
    [InlineData("")]
    public void A_name_that_reads_as_none_is_not_repeated(string member) =>
        Assert.StartsWith("A member that the body names ", ProfileEdit.Apply(Ada, Wishes((member, "x"))).Error?.Description, StringComparison.Ordinal);

    [Fact]
    public void Nothing_wished_nothing_changed() => Assert.Equal(Ada, ProfileEdit.Apply(Ada, Wishes()).Value);

    [Fact]
    public void A_long_name_is_cut_where_an_identitys_is() =>
        Assert.Equal(new string('a', 200), ProfileEdit.Apply(Ada, Wishes(("name", new string('a', 300)))).Value?.Name);

    private static Dictionary<string, string?> Wishes(params (string Name, string? Text)[] wishes) => wishes.ToDictionary(static wish => wish.Name, static wish => wish.Text);
}
