using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>Text with names to fill in, from our registration, the operator's variables and the answers so far.</summary>
public sealed class Templates
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{client_id}", "us")]
    [InlineData("{client_id}|{client_secret}", "us|s e")]
    [InlineData("Bearer {access_token}", "Bearer t&k")]
    [InlineData("{tenant}/x", "a/b/x")]
    [InlineData("{id}-{data.name}", "7-Ada L")]
    [InlineData("{token.open_id}", "o1")]
    [InlineData("{}", null)]
    [InlineData("{id", null)]
    [InlineData("{nothing}", null)]
    [InlineData("{token.nothing}", null)]
    [InlineData("{empty}", null)]
    [InlineData("{data}", null)]
    public void A_template_is_filled_in_or_not_at_all(string template, string? text)
    {
        Assert.Equal(text, Fill(template));
    }

    [Theory]
    [InlineData("{access_token}", "t%26k")]
    [InlineData("{data.name}", "Ada%20L")]
    [InlineData("{tenant}", "a/b")]
    public void What_is_not_the_operators_is_encoded(string template, string text) =>
        Assert.Equal(text, ProviderTemplate.Fill(template, Scope(), Uri.EscapeDataString));

    [Fact]
    public void An_answer_goes_by_its_name_before_it_is_a_path() =>
        Assert.Equal("o1 7", Fill("{token.open_id} {id}"));

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a{b}c{d.e}", new[] { "b", "d.e" })]
    [InlineData("a{b", new string[0])]
    public void The_names_of_a_template_are_known(string template, string[] names) => Assert.Equal(names, ProviderTemplate.Names(template));

    private static string? Fill(string template)
    {
        try
        {
            return ProviderTemplate.Fill(template, Scope());
        }
        catch (FormatException)
        {
            // A name that is no path; definitions are checked for it at start.
            return null;
        }
    }

    [Theory]
    [InlineData("id_token.sub")]
    [InlineData("proof.sub")]
    [InlineData("form.sub")]
    [InlineData("callback.sub")]
    public void An_answer_that_is_not_there_is_not_looked_for_in_the_profile(string path)
    {
        using var profile = JsonDocument.Parse("""{"id_token":{"sub":"1"},"proof":{"sub":"1"},"form":{"sub":"1"},"callback":{"sub":"1"}}""");

        Assert.Null(Scope().WithRoot(profile.RootElement.Clone()).Read(path));
    }

    internal static AnswerScope Scope()
    {
        using JsonDocument root = JsonDocument.Parse("""{"id":7,"empty":"","data":{"name":"Ada L"}}""");
        using JsonDocument token = JsonDocument.Parse("""{"open_id":"o1"}""");
        Provider provider = Setup.Provider("""
            corp:ClientId=us
            corp:ClientSecret=s e
            corp:Tenant=a/b
            corp:Definition:Issuer=https://corp.example
            corp:Definition:Variables:tenant:Title=T
            """);
        AnswerScope scope = new AnswerScope(provider, "t&k").WithRoot(root.RootElement.Clone());
        scope.Add("token", token.RootElement.Clone());
        scope.Add("absent", null);
        return scope;
    }
}
