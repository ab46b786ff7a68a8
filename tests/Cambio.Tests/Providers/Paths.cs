using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>Where a value stands in an answer.</summary>
public sealed class Paths
{
    private const string Answer = """
        {
          "id": 12345678901234567890, "price": 1.50, "name": "Ada", "empty": "", "none": null, "no": false,
          "data": { "user": { "id": "u1" } },
          "items": ["a", "b"],
          "emails": [
            { "email": "a@x.example", "primary": false, "verified": true },
            { "email": "b@x.example", "primary": true, "verified": false },
            { "email": "c@x.example", "primary": true, "verified": true, "rank": 1 }
          ],
          "mixed": [1, "text", { "kind": "x", "v": "found" }],
          "odd.key": { "x y": "odd" }, "0": "zero", "nested": [[{ "a": 1 }], [{ "a": 2 }]]
        }
        """;

    [Theory]
    [InlineData("name", "Ada")]
    [InlineData("id", "12345678901234567890")]
    [InlineData("price", "1.50")]
    [InlineData("no", "false")]
    [InlineData("empty", "")]
    [InlineData("data.user.id", "u1")]
    [InlineData("items.0", "a")]
    [InlineData("items.1", "b")]
    [InlineData("items[].x", null)]
    [InlineData("emails.2.email", "c@x.example")]
    [InlineData("emails[primary=true].email", "b@x.example")]
    [InlineData("emails[primary=true,verified=true].email", "c@x.example")]
    [InlineData("emails[rank=1].email", "c@x.example")]
    [InlineData("emails[].email", "a@x.example")]
    [InlineData("emails[primary=maybe].email", null)]
    [InlineData("mixed[kind=x].v", "found")]
    [InlineData("\"odd.key\".\"x y\"", "odd")]
    [InlineData("0", "zero")]
    [InlineData("nested.1.0.a", "2")]
    [InlineData("data.user[id=u1].id", "u1")]
    [InlineData("data.user[id=u2].id", null)]
    [InlineData("data.user[id=u1,no=1].id", null)]
    [InlineData("name[x=1]", null)]
    [InlineData("none", null)]
    [InlineData("none.x", null)]
    [InlineData("nothing", null)]
    [InlineData("name.x", null)]
    [InlineData("Name", null)]
    [InlineData("items.2", null)]
    [InlineData("items.-1", null)]
    [InlineData("items.x", null)]
    [InlineData("data[id=u1]", null)]
    public void A_path_leads_to_a_value_or_nowhere(string path, string? text)
    {
        using JsonDocument document = JsonDocument.Parse(Answer);
        JsonElement? value = ProviderPath.Parse(path).Read(document.RootElement);
        Assert.Equal(text, value is { } found ? JsonText.Of(found) : null);
    }

    [Theory]
    [InlineData("[primary=true].email", "c")]
    [InlineData("0.email", "b")]
    [InlineData("[].email", "b")]
    public void A_path_may_begin_in_a_list(string path, string text)
    {
        using JsonDocument document = JsonDocument.Parse("""[{"email":"b"},{"email":"c","primary":true}]""");
        Assert.Equal(text, ProviderPath.Parse(path).Read(document.RootElement)?.GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a[")]
    [InlineData("a[b]")]
    [InlineData("a[=b]")]
    [InlineData("a[b=c")]
    [InlineData("a]")]
    [InlineData("a[b=c]d")]
    [InlineData("\"a")]
    [InlineData("\"\"")]
    [InlineData("a=b")]
    [InlineData("a|b")]
    [InlineData("{a}")]
    [InlineData("a,b")]
    public void What_is_no_path_is_known_as_such(string text)
    {
        Assert.False(ProviderPath.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ProviderPath.Parse(text));
    }

    [Fact]
    public void Text_that_is_half_a_character_is_no_text()
    {
        using JsonDocument document = JsonDocument.Parse("""{"name":"\ud83d"}""");
        Assert.Null(JsonText.Of(document.RootElement.GetProperty("name")));
    }
}
