using System.Text;
using Cambio.AspNetCore.Requests;

namespace Cambio.Tests.AspNetCore;

public sealed class ClientCredentialsTests
{
    [Theory]
    [InlineData("shop:secret", "shop", "secret")]
    [InlineData("shop:", "shop", "")]
    [InlineData("shop:a:b", "shop", "a:b")]
    [InlineData("my+shop:a%2Bb%3Ac%25", "my shop", "a+b:c%")]
    [InlineData("caf%C3%A9:%E2%82%AC", "café", "€")]
    public void The_header_holds_id_and_secret_in_form_encoding(string pair, string id, string secret) =>
        Assert.Equal(new ClientCredentials(id, secret), ClientCredentials.Read([Basic(pair)]).Value);

    [Theory]
    [InlineData("Bearer c2hvcDpzZWNyZXQ=")]
    [InlineData("Basicc2hvcDpzZWNyZXQ=")]
    [InlineData("")]
    public void Another_scheme_says_nothing_of_a_client(string header)
    {
        Assert.Equal(new ClientCredentials(null, null), ClientCredentials.Read([header]).Value);
        Assert.Equal(new ClientCredentials("shop", "secret"), ClientCredentials.Read([header], "shop", "secret").Value);
    }

    [Theory]
    [InlineData("basic c2hvcDpzZWNyZXQ=")]
    [InlineData("BASIC   c2hvcDpzZWNyZXQ= ")]
    public void The_scheme_may_be_written_in_any_case(string header) =>
        Assert.Equal(new ClientCredentials("shop", "secret"), ClientCredentials.Read([header]).Value);

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic c2hvcA==")]
    [InlineData("Basic OnNlY3JldA==")]
    [InlineData("Basic c2hvcDpz%ZWNyZXQ=")]
    public void A_header_that_cannot_be_read_is_a_failed_client(string header) =>
        Assert.Equal(ErrorCodes.InvalidClient, ClientCredentials.Read([header]).Error?.Code);

    [Theory]
    [InlineData("shop:%")]
    [InlineData("shop:%4")]
    [InlineData("%FF:secret")]
    public void A_pair_that_is_no_form_encoding_is_a_failed_client(string pair) =>
        Assert.Equal(ErrorCodes.InvalidClient, ClientCredentials.Read([Basic(pair)]).Error?.Code);

    [Theory]
    [InlineData("shop", null, true)]
    [InlineData("other", null, false)]
    [InlineData("shop", "secret", false)]
    [InlineData(null, "secret", false)]
    public void A_client_is_named_once(string? id, string? secret, bool taken)
    {
        Result<ClientCredentials> read = ClientCredentials.Read([Basic("shop:secret")], id, secret);

        Assert.Equal(taken ? null : ErrorCodes.InvalidRequest, read.Error?.Code);
    }

    [Fact]
    public void Two_headers_are_two_clients() =>
        Assert.Equal(ErrorCodes.InvalidRequest, ClientCredentials.Read([Basic("shop:secret"), Basic("shop:secret")]).Error?.Code);

    [Fact]
    public void A_secret_in_the_form_belongs_to_an_id() =>
        Assert.Equal(ErrorCodes.InvalidRequest, ClientCredentials.Read([], null, "secret").Error?.Code);

    [Fact]
    public void Nothing_prints_the_secret() =>
        Assert.DoesNotContain("secret", $"{new ClientCredentials("shop", "secret")}", StringComparison.Ordinal);

    private static string Basic(string pair) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}";
}
