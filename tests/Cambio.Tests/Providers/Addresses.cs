using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>Which addresses are called, and where a call really goes.</summary>
public sealed class Addresses
{
    [Theory]
    [InlineData("https://api.example/me", true)]
    [InlineData("https://api.example:8443/me?x=1", true)]
    [InlineData("http://127.0.0.1:9000/me", true)]
    [InlineData("http://[::1]/me", true)]
    [InlineData("http://localhost:9000", true)]
    [InlineData("http://api.example/me", false)]
    [InlineData("http://127.0.0.1.example/me", false)]
    [InlineData("https://user@api.example/me", false)]
    [InlineData("https://user:secret@api.example/me", false)]
    [InlineData("https://api.example/me#f", false)]
    [InlineData("ftp://api.example/me", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Only_https_or_loopback_is_safe(string address, bool safe) => Assert.Equal(safe, ProviderUrl.IsSafe(new Uri(address)));

    [Theory]
    [InlineData("https://api.example/{client_id}/me", "https://api.example/us/me")]
    [InlineData("https://api.example/{id}", "https://api.example/..%2F..%3Fx%3D1%23")]
    [InlineData("https://api.example/me?token={access_token}", "https://api.example/me?token=t%26k")]
    [InlineData("{tenant}/me", "https://site.example/me")]
    [InlineData("https://{dc}.api.example/me", null)]
    [InlineData("https://api.example/{nothing}", null)]
    [InlineData("http://api.example/me", null)]
    [InlineData("/me", null)]
    [InlineData("{good}", "https://api.corp.example/x?y=z")]
    [InlineData("{deep}", "https://a.b.cdn.example/x")]
    [InlineData("{other}", null)]
    [InlineData("{port}", null)]
    [InlineData("{plain}", null)]
    [InlineData("{local}", null)]
    [InlineData("{suffix}", null)]
    [InlineData("{user}", null)]
    public void An_address_is_made_or_refused(string template, string? address) => Assert.Equal(address, ProviderUrl.Build(template, Scope())?.AbsoluteUri);

    [Theory]
    [InlineData("https://api.example/me?x=1", null, "https://api.example/me?x=1")]
    [InlineData("https://api.example/me?x=1", "http://127.0.0.1:9000", "http://127.0.0.1:9000/api.example/me?x=1")]
    [InlineData("https://api.example/", "http://127.0.0.1:9000/sandbox/", "http://127.0.0.1:9000/sandbox/api.example/")]
    [InlineData("https://api.example:8443/a%2Fb", "http://127.0.0.1:9000/sandbox", "http://127.0.0.1:9000/sandbox/api.example:8443/a%2Fb")]
    public void A_simulator_gets_the_host_in_the_path(string address, string? simulator, string route) =>
        Assert.Equal(route, ProviderUrl.Route(new Uri(address), simulator is null ? null : new Uri(simulator)).AbsoluteUri);

    [Theory]
    [InlineData("tokn", " Did you mean token?")]
    [InlineData("TOKEN", " Did you mean token?")]
    [InlineData("acess_tokne", " Did you mean access_token?")]
    [InlineData("zzz", "")]
    [InlineData("", "")]
    public void A_mistyped_word_is_guessed(string word, string hint) => Assert.Equal(hint, Nearest.Hint(word, ["token", "access_token", "scope"]));

    private static AnswerScope Scope()
    {
        using JsonDocument root = JsonDocument.Parse("""
            {
              "id": "../..?x=1#", "dc": "evil.example/x",
              "good": "https://api.corp.example/x?y=z", "deep": "https://a.b.cdn.example/x", "other": "https://evil.example/x",
              "port": "https://api.corp.example:8443/x", "plain": "http://api.corp.example/x", "local": "http://127.0.0.1/x",
              "suffix": "https://evilcdn.example/x", "user": "https://a@api.corp.example/x"
            }
            """);
        Provider provider = Setup.Provider("""
            corp:ClientId=us
            corp:ClientSecret=s
            corp:Tenant=https://site.example
            corp:Definition:Issuer=https://corp.example
            corp:Definition:Variables:tenant:Title=T
            corp:Definition:AllowedHosts=api.corp.example .cdn.example
            """);
        return new AnswerScope(provider, "t&k").WithRoot(root.RootElement.Clone());
    }
}
