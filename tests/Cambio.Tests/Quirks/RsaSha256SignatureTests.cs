using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Tests.Quirks;

public sealed class RsaSha256SignatureTests
{
    private static readonly RSA Key = RSA.Create(2048);

    // Half past eight in the evening there.
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 30, 5, TimeSpan.Zero);

    private readonly IQuirk quirk = new QuirkRegistry().Find("rsa_sha256_signature")!;

    [Fact]
    public void Signs_the_sorted_form_of_a_token_request()
    {
        var request = new ProviderRequest("token", HttpMethod.Post, new Uri("https://gateway.example/do?charset=utf-8"))
        {
            Form = [new("method", "system.oauth.token"), new("app_id", "our-client"), new("code", "a b&c"), new("empty", "")],
        };

        quirk.SignTokenRequest(request, Provider(), Noon);

        AssertSigned(request, "app_id=our-client&charset=utf-8&code=a b&c&method=system.oauth.token&sign_type=RSA2&timestamp=2026-03-01 20:30:05");
        Assert.Equal(["method", "app_id", "code", "empty", "sign_type", "timestamp", "sign"], request.Form.Select(parameter => parameter.Key));
        Assert.Equal("?charset=utf-8", request.FullAddress().Query);
    }

    [Fact]
    public void Signs_the_address_of_a_call()
    {
        var request = new ProviderRequest("userinfo", HttpMethod.Get, new Uri("https://gateway.example/do"));
        request.AddQuery("method", "user.info.share");
        request.AddQuery("auth_token", "the-token");
        request.AddQuery("app_id", "our-client");

        quirk.Sign(request, Provider(), "the-token", Noon);

        AssertSigned(request, "app_id=our-client&auth_token=the-token&method=user.info.share&sign_type=RSA2&timestamp=2026-03-01 20:30:05");
        Assert.Contains("&sign=", request.FullAddress().Query, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_a_timestamp_that_is_there()
    {
        var request = new ProviderRequest("token", HttpMethod.Post, new Uri("https://gateway.example/do")) { Form = [new("timestamp", "2020-01-01 00:00:00")] };

        quirk.SignTokenRequest(request, Provider(), Noon);

        AssertSigned(request, "sign_type=RSA2&timestamp=2020-01-01 00:00:00");
    }

    private static void AssertSigned(ProviderRequest request, string text)
    {
        string sign = Assert.Single(request.Parameters, parameter => parameter.Key == "sign").Value;
        Assert.True(Key.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(sign), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static Provider Provider() => SampleProviders.With(null, new() { ["privateKey"] = Key.ExportPkcs8PrivateKeyPem() });
}
