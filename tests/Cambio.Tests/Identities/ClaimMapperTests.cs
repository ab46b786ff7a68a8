using System.Collections.Frozen;
using System.Text.Json;
using Cambio.Identities;
using Cambio.Providers;

namespace Cambio.Tests.Identities;

public sealed class ClaimMapperTests
{
    [Fact]
    public void Reads_standard_names_when_the_definition_says_nothing()
    {
        MappedClaims claims = Map(null, """
            {"sub":"u1","preferred_username":"ada","name":"Ada Lovelace","given_name":"Ada","family_name":"Lovelace","email":"ada@example.com",
             "email_verified":true,"picture":"https://example.com/a.png","locale":"en-GB","profile":"https://example.com/ada"}
            """);
        Assert.Equal(
            new MappedClaims
            {
                Subject = "u1", PreferredUsername = "ada", Name = "Ada Lovelace", GivenName = "Ada", FamilyName = "Lovelace", Email = "ada@example.com",
                EmailVerified = true, Picture = "https://example.com/a.png", Locale = "en-GB", Profile = "https://example.com/ada",
            },
            claims);
    }

    [Theory]
    [InlineData("data.user.name", "Ada")]
    [InlineData("items.1.label", "second")]
    [InlineData("items.9.label", null)]
    [InlineData("emails[primary=true,verified=true].email", "b@example.com")]
    [InlineData("emails[primary=maybe].email", null)]
    [InlineData("\"odd.key\".x", "odd")]
    [InlineData("token.scope", "read")]
    [InlineData("https://example.com/{data.user.id}.png", "https://example.com/7.png")]
    [InlineData("https://example.com/{data.user.id}/{nothing}.png", null)]
    [InlineData("=constant", "constant")]
    [InlineData("since | present", "true")]
    [InlineData("nothing | present", "false")]
    [InlineData("empty | present", "false")]
    [InlineData("language | dash", "en-US")]
    [InlineData("language | dash | lower", "en-us")]
    [InlineData("tags | first", "one")]
    [InlineData("flag", "true")]
    [InlineData("empty", null)]
    public void Reads_each_form_of_source(string source, string? expected)
    {
        const string Answer = """
            {"data":{"user":{"id":7,"name":"Ada"}},"items":[{"label":"first"},{"label":"second"}],"odd.key":{"x":"odd"},"since":"2020-01-01","empty":"",
             "language":"en_US","tags":["one","two"],"flag":true,
             "emails":[{"email":"a@example.com","primary":false,"verified":true},{"email":"b@example.com","primary":true,"verified":true}]}
            """;
        AnswerScope scope = Scope(Answer);
        scope.Add("token", JsonSerializer.Deserialize<JsonElement>("""{"scope":"read"}"""));
        Assert.Equal(expected, ClaimMapper.Map(new ClaimsDefinition { Name = [source] }, scope).Name);
    }

    [Fact]
    public void A_bare_name_is_a_member_of_the_profile_even_where_a_call_has_that_name()
    {
        AnswerScope scope = Scope("""{"sub":"1","profile":"https://example.com/ada"}""");
        scope.Add("profile", scope.Root);
        Assert.Equal("https://example.com/ada", ClaimMapper.Map(null, scope).Profile);
        Assert.Equal("1", ClaimMapper.Map(new ClaimsDefinition { Sub = ["profile.sub"] }, scope).Subject);
    }

    [Fact]
    public void The_first_source_that_has_something_counts() =>
        Assert.Equal("Ada", Map(new ClaimsDefinition { Name = ["full_name", "name"] }, """{"full_name":"","name":"Ada"}""").Name);

    [Theory]
    [InlineData("\"42\"", "42")]
    [InlineData("42", "42")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("\"042\"", "042")]
    [InlineData("\"u1 \"", "u1 ")]
    [InlineData("\"\\u00fa1\"", "\u00fa1")]
    public void A_subject_keeps_every_character_and_digit(string json, string expected) =>
        Assert.Equal(expected, Map(null, $$"""{"sub":{{json}}}""").Subject);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"   \"")]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("-0")]
    [InlineData("-7")]
    [InlineData("42.0")]
    [InlineData("4.2e1")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"a\\r\\nb\"")]
    [InlineData("\"\\ud800\"")]
    public void What_is_no_id_is_no_subject(string json) =>
        Assert.Null(Map(null, $$"""{"sub":{{json}}}""").Subject);

    [Fact]
    public void A_subject_over_255_characters_is_none() =>
        Assert.Null(Map(null, $$"""{"sub":"{{new string('x', 256)}}"}""").Subject);

    [Theory]
    [InlineData("""{"team":"T","user":"U"}""", "T-U")]
    [InlineData("""{"team":"T","user":7}""", "T-7")]
    [InlineData("""{"team":"T"}""", null)]
    [InlineData("""{"team":"T","user":null}""", null)]
    [InlineData("""{"team":"T","user":" "}""", null)]
    [InlineData("""{"team":0,"user":"U"}""", null)]
    [InlineData("""{"team":"T","user":{}}""", null)]
    public void An_id_of_two_parts_needs_both(string json, string? subject) =>
        Assert.Equal(subject, Map(new ClaimsDefinition { Sub = ["{team}-{user}"] }, json).Subject);

    [Theory]
    [InlineData("\"urn:x:7\"", "7")]
    [InlineData("\"https://x.example/users/7\"", "7")]
    [InlineData("\"7\"", "7")]
    [InlineData("\"urn:x:\"", null)]
    [InlineData("false", null)]
    public void The_tail_of_an_id_is_one_if_something_is_left(string json, string? subject) =>
        Assert.Equal(subject, Map(new ClaimsDefinition { Sub = ["id | tail"] }, $$"""{"id":{{json}}}""").Subject);

    [Fact]
    public void An_empty_id_is_not_passed_over_for_a_weaker_one() =>
        Assert.Null(Map(new ClaimsDefinition { Sub = ["id", "login"] }, """{"id":0,"login":"ada"}""").Subject);

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("\"yes\"", false)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    public void Only_a_clear_yes_verifies_an_address(string json, bool expected) =>
        Assert.Equal(expected, Map(null, $$"""{"sub":"1","email":"a@example.com","email_verified":{{json}}}""").EmailVerified);

    [Theory]
    [InlineData("[\"a@example.com\"]")]
    [InlineData("{\"value\":\"a@example.com\"}")]
    [InlineData("\"no-at\"")]
    [InlineData("\"two@at@example.com\"")]
    [InlineData("\"sp ace@example.com\"")]
    [InlineData("\"zero\\u200bwidth@example.com\"")]
    [InlineData("7")]
    public void What_is_no_address_is_ignored(string json) =>
        Assert.Null(Map(null, $$"""{"sub":"1","email":{{json}}}""").Email);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("https://user:pass@example.com/a.png")]
    [InlineData("data:image/png;base64,AA")]
    public void A_picture_that_is_not_https_is_ignored(string picture) =>
        Assert.Null(Map(null, $$"""{"sub":"1","picture":"{{picture}}"}""").Picture);

    [Theory]
    [InlineData("a\\u0000b\\r\\nc", "abc")]
    [InlineData("\\u202egnirts", "gnirts")]
    [InlineData("<b>Ada</b>", "<b>Ada</b>")]
    [InlineData("\\ud83d\\ude00", "\ud83d\ude00")]
    public void Names_lose_what_could_break_a_line_or_turn_its_direction(string json, string expected) =>
        Assert.Equal(expected, Map(null, $$"""{"sub":"1","name":"{{json}}"}""").Name);

    [Fact]
    public void Names_are_cut_at_200_and_never_inside_a_character() =>
        Assert.Equal(199, Map(null, $$"""{"sub":"1","name":"{{new string('x', 199)}}\ud83d\ude00"}""").Name!.Length);

    [Fact]
    public void An_address_never_parts_from_its_verified_flag()
    {
        var profile = new MappedClaims { Subject = "1", Email = "new@example.com", EmailVerified = false };
        var signed = new MappedClaims { Subject = "1", Email = "old@example.com", EmailVerified = true, Name = "Ada" };
        MappedClaims both = profile.FillFrom(signed);
        Assert.Equal(("new@example.com", false, "Ada"), (both.Email, both.EmailVerified, both.Name));
        Assert.True((profile with { Email = null }).FillFrom(signed).EmailVerified);
    }

    [Theory]
    [InlineData("verified", "a@example.com", true)]
    [InlineData("never", "a@example.com", false)]
    [InlineData("", "a@example.com", false)]
    [InlineData("example.com", "a@EXAMPLE.com", true)]
    [InlineData("example.com", "a@sub.example.com", false)]
    [InlineData("example.com", "a@example.com.evil.test", false)]
    [InlineData("claim:hd", "a@example.com", true)]
    [InlineData("claim:hd", "a@example.org", false)]
    [InlineData("claim:missing", "a@example.com", false)]
    public void Trust_in_an_address_is_as_wide_as_the_definition_says(string trust, string email, bool expected) =>
        Assert.Equal(expected, EmailTrust.Covers(TextList.Split(trust), email, Scope("""{"hd":"example.com"}""")));

    private static MappedClaims Map(ClaimsDefinition? definition, string answer) => ClaimMapper.Map(definition, Scope(answer));

    private static AnswerScope Scope(string answer)
    {
        var provider = new Provider
        {
            Id = "p",
            Definition = new ProviderDefinition { Name = "P" },
            ClientId = "c",
            Audiences = FrozenSet<string>.Empty,
            Accepts = [],
            Scope = [],
            EmailTrust = [],
            Variables = FrozenDictionary<string, string>.Empty,
        };
        return new AnswerScope(provider).WithRoot(JsonSerializer.Deserialize<JsonElement>(answer));
    }
}
