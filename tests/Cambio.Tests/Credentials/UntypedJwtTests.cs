using System.Buffers.Text;
using System.Text;
using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Tests.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>Which kind a JWT is taken for when its sender does not say (RFC 8693 3).</summary>
public sealed class UntypedJwtTests
{
    private const string Umbrella = "umbrella:ClientId=c\numbrella:ClientSecret=s\numbrella:tenant=hive";

    [Theory]
    [InlineData("""{"alg":"RS256"}""", "id_token")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""", "id_token")]
    [InlineData("""{"alg":"RS256","typ":"at+jwt"}""", "access_token")]
    [InlineData("""{"alg":"RS256","typ":"application/AT+JWT"}""", "access_token")]
    [InlineData("""{"alg":"RS256","typ":5}""", "id_token")]
    public void An_access_token_says_so_in_its_header_and_all_others_are_id_tokens(string header, string kind)
    {
        using CatalogFolder catalog = Setup.Catalog();

        Assert.Equal(kind, Jwt(header).Resolve(Setup.Provider(Umbrella, catalog))?.Kind);
    }

    [Fact]
    public void Where_no_id_tokens_are_taken_it_is_an_access_token()
    {
        using CatalogFolder catalog = Setup.Catalog();
        Provider provider = Setup.Provider("initech:ClientId=c\ninitech:ClientSecret=s", catalog);

        Assert.Equal("access_token", Jwt("""{"alg":"RS256"}""").Resolve(provider)?.Kind);
    }

    [Fact]
    public void The_nonce_goes_with_the_id_token()
    {
        using CatalogFolder catalog = Setup.Catalog();

        Credential? resolved = Jwt("""{"alg":"RS256"}""").Resolve(Setup.Provider(Umbrella, catalog));

        Assert.Equal("n", Assert.IsType<IdToken>(resolved).Nonce);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.e30.e30.e30")]
    public void What_is_no_jws_is_nothing(string token)
    {
        using CatalogFolder catalog = Setup.Catalog();

        Assert.Null(new UntypedJwt(token).Resolve(Setup.Provider(Umbrella, catalog)));
    }

    [Fact]
    public void It_never_prints_itself() => Assert.Equal("jwt [redacted]", new UntypedJwt("secret", "n").ToString());

    private static UntypedJwt Jwt(string header) => new($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.c2ln", "n");
}
