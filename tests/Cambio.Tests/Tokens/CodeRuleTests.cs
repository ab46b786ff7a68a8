using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

/// <summary>The whole rule as a table.</summary>
public sealed class CodeRuleTests
{
    private const string Uri = "https://app.example.com/back";
    private static readonly string Verifier = new('v', 43);

    [Theory]
    // RED-038. expiresIn: seconds; owner: the client that the code was made for
    [InlineData(1, null, null, null, true, null)]
    [InlineData(1, Uri, null, null, true, null)]
    [InlineData(1, Uri, "shop", "shop", true, null)]
    [InlineData(1, null, null, "shop", true, null)]
    [InlineData(0, Uri, null, null, true, "code_expired")]
    [InlineData(-1, Uri, null, null, true, "code_expired")]
    [InlineData(1, Uri + "/", null, null, true, "redirect_uri_mismatch")]
    [InlineData(1, "https://APP.example.com/back", null, null, true, "redirect_uri_mismatch")]
    [InlineData(1, "", null, null, true, "redirect_uri_mismatch")]
    [InlineData(1, Uri, "shop", null, true, "code_of_another_client")]
    [InlineData(1, Uri, "shop", "other", true, "code_of_another_client")]
    [InlineData(1, Uri, "shop", "Shop", true, "code_of_another_client")]
    [InlineData(1, Uri, null, null, false, "code_verifier_mismatch")]
    public void What_a_code_leads_to(int expiresIn, string? uri, string? owner, string? client, bool rightVerifier, string? refusal)
    {
        CodeContent content = CodeContent.Of(
            TokenRoom.Ada, TokenRoom.Login with { ClientId = owner }, new CodeBinding(Pkce.Challenge(Verifier), Uri));
        var use = new CodeUse(rightVerifier ? Verifier : Verifier + "w", uri, client);

        Assert.Equal(refusal, CodeRule.Refusal(content, TokenRoom.Start.AddSeconds(expiresIn), use, TokenRoom.Start));
    }

    [Theory]
    [InlineData("acme", null)]
    [InlineData("other", "provider_not_allowed_for_client")]
    [InlineData("", "provider_not_allowed_for_client")]
    public void A_client_is_held_to_its_providers_whatever_the_code_stands_for(string allowed, string? refusal)
    {
        var binding = new CodeBinding(Pkce.Challenge(Verifier), Uri);
        var held = new HeldExchange { Provider = "acme", Ticket = "t", Requires = "email", CodeChallenge = binding.CodeChallenge };
        var use = new CodeUse(Verifier, Uri, "shop", provider => provider == allowed);

        foreach (CodeContent content in (CodeContent[])[CodeContent.Of(TokenRoom.Ada, TokenRoom.Login, binding), CodeContent.Of(held, binding)])
        {
            Assert.Equal(refusal, CodeRule.Refusal(content, TokenRoom.Start.AddSeconds(1), use, TokenRoom.Start));
        }
    }
}
