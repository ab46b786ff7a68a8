using Cambio.AspNetCore.FrontEnd;
using Cambio.AspNetCore.Redirect;
using Cambio.Tokens;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.AspNetCore.Redirect;

public sealed class ReturnUrlsTests
{
    private const string Listed =
        "https://app.example.com/signed-in https://app.example.com/q?tab=1, com.example.app:/signed-in exampleapp://cb http://127.0.0.1/cb http://[::1]/cb http://localhost http://127.0.0.1:9000/fixed";

    [Theory]
    [InlineData("https://app.example.com/signed-in", true)]
    [InlineData("https://app.example.com/q?tab=1", true)]
    [InlineData("com.example.app:/signed-in", true)]
    [InlineData("exampleapp://cb", true)]
    [InlineData("http://127.0.0.1/cb", true)]
    [InlineData("http://127.0.0.1:1/cb", true)]
    [InlineData("http://127.0.0.1:65535/cb", true)]
    [InlineData("http://[::1]:50123/cb", true)]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1:9000/fixed", true)]
    [InlineData("http://127.0.0.1:9001/fixed", false)]
    [InlineData("http://127.0.0.1/fixed", false)]
    [InlineData("http://127.0.0.1:0/cb", false)]
    [InlineData("http://127.0.0.1:080/cb", false)]
    [InlineData("http://127.0.0.1:65536/cb", false)]
    [InlineData("http://127.0.0.1:100000/cb", false)]
    [InlineData("http://127.0.0.1:/cb", false)]
    [InlineData("http://127.0.0.1:+80/cb", false)]
    [InlineData("http://127.0.0.1: 80/cb", false)]
    [InlineData("http://127.0.0.1:８０/cb", false)]
    [InlineData("http://127.0.0.1:80@evil.example/cb", false)]
    [InlineData("http://127.0.0.1:80/cb/more", false)]
    [InlineData("http://127.0.0.1:80/x/cb", false)]
    [InlineData("http://127.0.0.1:80/cb?x=1", false)]
    [InlineData("http://127.0.0.1:80/cb#x", false)]
    [InlineData("http://127.0.0.1.evil.example/cb", false)]
    [InlineData("http://127.0.0.2:80/cb", false)]
    [InlineData("http://127.1:80/cb", false)]
    [InlineData("http://LOCALHOST:3000", false)]
    [InlineData("http://localhost:3000/", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://localhost:3000.evil.example", false)]
    [InlineData("https://localhost:3000", false)]
    [InlineData("https://127.0.0.1:80/cb", false)]
    [InlineData("https://app.example.com/signed-in/", false)]
    [InlineData("https://app.example.com/Signed-in", false)]
    [InlineData("https://APP.example.com/signed-in", false)]
    [InlineData("https://app.example.com:443/signed-in", false)]
    [InlineData("https://app.example.com/./signed-in", false)]
    [InlineData("https://app.example.com/signed%2din", false)]
    [InlineData("https://app.example.com/q?tab=1&x=2", false)]
    [InlineData("com.example.app:/signed-in2", false)]
    [InlineData("", false)]
    public void An_address_is_allowed_when_it_is_listed_byte_for_byte(string url, bool allowed) => Assert.Equal(allowed, Urls(Listed).Allows(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public void Nothing_listed_allows_nothing(string? listed)
    {
        Assert.False(Urls(listed).Allows(""));
        Assert.False(Urls(listed).Allows("https://app.example.com/"));
    }

    [Theory]
    [InlineData("https://app.example.com", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://api.example.com", true)]
    [InlineData("https://api.example.com/", false)]
    [InlineData("https://API.example.com", false)]
    [InlineData("https://app.example.com:443", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    public void A_popup_may_post_to_a_listed_origin_and_to_our_own(string origin, bool allowed) =>
        Assert.Equal(allowed, Urls(null, "https://app.example.com http://localhost:3000").AllowsOrigin(origin));

    [Theory]
    [InlineData("https://app.example.com/signed-in", null)]
    [InlineData("https://app.example.com", null)]
    [InlineData("https://app.example.com:8443/a/b?tab=1&x=%20", null)]
    [InlineData("https://xn--bcher-kva.example/cb", null)]
    [InlineData("com.example.app:/signed-in", null)]
    [InlineData("exampleapp://cb", null)]
    [InlineData("exampleapp:///cb@home", null)]
    [InlineData("http://127.0.0.1/cb http://[::1]/cb http://localhost/cb http://localhost:3000", null)]
    [InlineData("/signed-in", "not absolute")]
    [InlineData("//app.example.com/signed-in", "not absolute")]
    [InlineData("app.example.com/signed-in", "not absolute")]
    [InlineData("app.example.com:8443/signed-in", "not absolute")]
    [InlineData("localhost:3000/cb", "not absolute")]
    [InlineData("https:app.example.com", "not absolute")]
    [InlineData("https:/app.example.com", "no host")]
    [InlineData("https:///app.example.com", "no host")]
    [InlineData("https://app.example.com:99999/", "no host")]
    [InlineData("https://%61pp.example.com/", "no host")]
    [InlineData("HTTPS://app.example.com/", "upper case")]
    [InlineData("http://app.example.com/cb", "use https")]
    [InlineData("http://127.0.0.2/cb", "use https")]
    [InlineData("http://localhost.example.com/cb", "use https")]
    [InlineData("http://0.0.0.0/cb", "use https")]
    [InlineData("https://app.example.com/#cb", "fragment")]
    [InlineData("exampleapp://cb#", "fragment")]
    [InlineData("https://user@app.example.com/", "user name")]
    [InlineData("https://user:s3cret@app.example.com/", "user name")]
    [InlineData("exampleapp://user@cb", "user name")]
    [InlineData("https://*.example.com/cb", "wildcard")]
    [InlineData("https://app.example.com/*", "wildcard")]
    [InlineData("*", "wildcard")]
    [InlineData("https://app.example.com\\cb", "characters")]
    [InlineData("https://bücher.example/cb", "characters")]
    [InlineData("https://app.example.com/\u0001", "characters")]
    [InlineData("https://app.example.com/\u2003x", "characters")]
    [InlineData("https://app.example.com/%zz", "characters")]
    [InlineData("https://app.example.com/{id}", "characters")]
    [InlineData("javascript:alert(1)", "leads to no application")]
    [InlineData("JavaScript://%0aalert(1)", "leads to no application")]
    [InlineData("data:text/html;base64:x", "leads to no application")]
    [InlineData("vbscript:x", "leads to no application")]
    [InlineData("file:///etc/passwd", "leads to no application")]
    [InlineData("blob:https://app.example.com/x", "leads to no application")]
    [InlineData("about:blank", "leads to no application")]
    [InlineData("view-source:https://app.example.com", "leads to no application")]
    [InlineData("intent://scan/", "leads to no application")]
    [InlineData("urn:ietf:wg:oauth:2.0:oob", "leads to no application")]
    public void An_entry_that_is_no_safe_address_stops_the_start(string listed, string? mistake)
    {
        string[] mistakes = [.. new ReturnUrlMistakes(Options(listed)).Mistakes()];

        Assert.Equal(mistake is null ? 0 : 1, mistakes.Length);
        Assert.All(mistakes, said =>
        {
            Assert.StartsWith("Cambio:FrontEnd:ReturnUrls holds ", said, StringComparison.Ordinal);
            Assert.Contains(mistake!, said, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_mistake_is_named_at_once() =>
        Assert.Equal(3, new ReturnUrlMistakes(Options($"/cb, https://app.example.com/ok http://app.example.com https://app.example.com/{new string('a', 2000)}")).Mistakes().Count());

    private static ReturnUrls Urls(string? listed, string? origins = null) => new(Options(listed, origins), new Address());

    private static IOptions<FrontEndOptions> Options(string? listed, string? origins = null) =>
        Microsoft.Extensions.Options.Options.Create(new FrontEndOptions { ReturnUrls = listed, Origins = origins });

    private sealed class Address : IPublicAddress
    {
        public string Value => "https://API.example.com:443/";
    }
}
