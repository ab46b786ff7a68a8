using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Tests.Quirks;

public sealed class Md5SignatureTests
{
    private readonly IQuirk quirk = new QuirkRegistry().Find("md5_signature")!;

    // md5("application_key=CBAPUBLICfields=uid,nameformat=jsonmethod=users.getCurrentUser" + md5("the-token" + "the-secret")), by another hand.
    private const string Signed = "&application_key=CBAPUBLIC&sig=9e9cf9d1dc459c9c436d5b73f1c184e2";

    [Theory]
    [InlineData("https://api.example/fb.do?method=users.getCurrentUser&fields=uid%2Cname")]
    [InlineData("https://api.example/fb.do?fields=uid%2Cname&method=users.getCurrentUser")]
    public void Signs_the_sorted_parameters_with_token_and_secret(string address)
    {
        ProviderRequest request = Call(address);

        quirk.Sign(request, Provider("the-secret"), "the-token", DateTimeOffset.UnixEpoch);

        Assert.Equal($"{address}&access_token=the-token&format=json{Signed}", request.FullAddress().AbsoluteUri);
    }

    [Fact]
    public void Adds_no_key_twice()
    {
        ProviderRequest request = Call("https://api.example/fb.do?method=users.getCurrentUser&fields=uid%2Cname");
        request.AddQuery("application_key", "CBAPUBLIC");

        quirk.Sign(request, Provider("the-secret"), "the-token", DateTimeOffset.UnixEpoch);

        Assert.EndsWith(Signed, request.FullAddress().Query, StringComparison.Ordinal);
        Assert.Single(request.Parameters, parameter => parameter.Key == "application_key");
    }

    [Theory]
    [InlineData("another-secret", "the-token")]
    [InlineData("the-secret", "another-token")]
    public void Another_secret_or_token_is_another_signature(string secret, string token)
    {
        ProviderRequest request = Call("https://api.example/fb.do?method=users.getCurrentUser&fields=uid%2Cname");

        quirk.Sign(request, Provider(secret), token, DateTimeOffset.UnixEpoch);

        Assert.False(request.FullAddress().Query.EndsWith(Signed, StringComparison.Ordinal));
    }

    [Fact]
    public void Leaves_a_token_request_alone()
    {
        var request = new ProviderRequest("token", HttpMethod.Post, new Uri("https://api.example/token")) { Form = [] };

        quirk.SignTokenRequest(request, Provider("the-secret"), DateTimeOffset.UnixEpoch);

        Assert.Empty(request.Parameters);
    }

    private static ProviderRequest Call(string address)
    {
        var request = new ProviderRequest("userinfo", HttpMethod.Get, new Uri(address));
        request.AddQuery("access_token", "the-token");
        request.AddQuery("format", "json");
        return request;
    }

    private static Provider Provider(string secret) => SampleProviders.With(secret, new() { ["applicationKey"] = "CBAPUBLIC" });
}
