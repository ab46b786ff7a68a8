using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

public sealed class TextLists
{
    [Theory]
    [InlineData("\"one\"", new[] { "one" })]
    [InlineData("\"one two\"", new[] { "one two" })]
    [InlineData("[\"one\",\"two\"]", new[] { "one", "two" })]
    [InlineData("[]", new string[0])]
    public void One_text_or_an_array_of_texts_is_a_list(string json, string[] items) =>
        Assert.Equal(items, JsonSerializer.Deserialize(json, DefinitionJson.Default.TextList)!);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("[\"\"]")]
    [InlineData("[null]")]
    [InlineData("null")]
    [InlineData("[[\"one\"]]")]
    [InlineData("1")]
    [InlineData("{}")]
    public void Anything_else_is_none(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, DefinitionJson.Default.TextList));

    [Theory]
    [InlineData("\"one\"")]
    [InlineData("[\"one\",\"two\"]")]
    [InlineData("[]")]
    public void A_list_is_written_as_it_was_read(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, DefinitionJson.Default.TextList)!, DefinitionJson.Default.TextList));

    [Theory]
    [InlineData("openid email", new[] { "openid", "email" })]
    [InlineData("openid,email", new[] { "openid", "email" })]
    [InlineData(" openid ,\temail, ", new[] { "openid", "email" })]
    [InlineData("id", new[] { "id" })]
    [InlineData("", new string[0])]
    [InlineData(" , ", new string[0])]
    [InlineData("emails[primary=true,verified=true].email", new[] { "emails[primary=true,verified=true].email" })]
    [InlineData("emails[primary=true,verified=true].email, email", new[] { "emails[primary=true,verified=true].email", "email" })]
    [InlineData("names[kind=full name].text name", new[] { "names[kind=full name].text", "name" })]
    [InlineData("{given_name} {family_name}", new[] { "{given_name} {family_name}" })]
    [InlineData("{given_name} {family_name}, name", new[] { "{given_name} {family_name}", "name" })]
    [InlineData("https://a.example/{tid}, https://b.example/{tid}", new[] { "https://a.example/{tid}", "https://b.example/{tid}" })]
    [InlineData("locale | lower", new[] { "locale | lower" })]
    [InlineData("locale | lower, lang language", new[] { "locale | lower", "lang", "language" })]
    [InlineData("=not known", new[] { "=not known" })]
    [InlineData("verified, =true", new[] { "verified", "=true" })]
    [InlineData("\"odd, key\".x y", new[] { "\"odd, key\".x", "y" })]
    [InlineData("a] b", new[] { "a]", "b" })]
    public void A_setting_becomes_a_list_by_one_rule(string setting, string[] items) => Assert.Equal(items, SettingsList.Split(setting));
}
