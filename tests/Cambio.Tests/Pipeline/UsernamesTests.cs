using Cambio.Identities;
using Cambio.Pipeline;

namespace Cambio.Tests.Pipeline;

public sealed class UsernamesTests
{
    [Theory]
    [InlineData("ada", null, "ada")]
    [InlineData("Ada_L-42.x", null, "Ada_L-42.x")]
    [InlineData("ada@example.com", null, "ada")]
    [InlineData("@ada", "Ada Lovelace", "Ada.Lovelace")]
    [InlineData("  spaced out ", null, "spaced.out")]
    [InlineData("<script>", null, "script")]
    [InlineData("..", "Ada", "Ada")]
    [InlineData("日本", null, "user")]
    [InlineData(null, null, "user")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789", null, "abcdefghijklmnopqrstuvwxyz0123")]
    public void The_first_candidate_is_what_the_provider_says_in_safe_characters(string? handle, string? name, string expected) =>
        Assert.Equal(expected, Usernames.For(Identity(handle, name)).First());

    [Fact]
    public void Later_candidates_have_ever_longer_random_endings()
    {
        string[] candidates = [.. Usernames.For(Identity("ada", null))];
        Assert.Equal(5, candidates.Length);
        Assert.All(candidates.Skip(1).Index(), c => Assert.Matches($"^ada-[0-9]{{{4 * (c.Index + 1)}}}$", c.Item));
    }

    private static ExternalIdentity Identity(string? handle, string? name) =>
        new() { Provider = "p", Subject = "1", PreferredUsername = handle, Name = name };
}
