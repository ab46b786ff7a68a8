using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tests.EndToEnd;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.Interop;

/// <summary>OAuth clients that others wrote, against the running server: discovery, every grant, introspection, revocation.</summary>
public sealed class RealClientTests
{
    private const string Secret = "a-secret:with%and+and/in~it";
    private const string Callback = "http://127.0.0.1/callback";

    private static readonly Dictionary<string, string?> Clients = new()
    {
        ["Cambio:Clients:backend:Secret"] = Secret,
    };

    [Fact]
    public async Task Openid_client_exchanges_refreshes_introspects_and_revokes()
    {
        await using FakedHost host = await FakedHost.StartAsync(Clients);
        Answer page = await host.ExchangeAsync("google", "access_token", new MintOptions { User = "ada" });
        MintedCredentials minted = host.Fakes["google"].Mint(new MintOptions { User = "ada" });

        JsonElement done = await NodeScript.RunAsync("openid-client.mjs", new
        {
            issuer = Issuer(host),
            client_id = "backend",
            client_secret = Secret,
            refresh_token = page.Json.GetProperty("refresh_token").GetString(),
            subject_token = minted.AccessToken,
            subject_token_type = "urn:ietf:params:oauth:token-type:access_token",
            subject_issuer = "google",
        });

        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", Text(done, "exchanged", "issued_token_type"));
        Assert.NotEqual(Text(done, "exchanged", "refresh_token"), Text(done, "refreshed", "refresh_token"));
        Assert.True(done.GetProperty("active").GetProperty("active").GetBoolean());
        Assert.Equal((page.UserId, "backend"), (Text(done, "active", "sub"), Text(done, "active", "client_id")));
        Assert.False(done.GetProperty("ended").GetProperty("active").GetBoolean());
        Assert.Equal("invalid_grant", done.GetProperty("again").GetString());
        Assert.Equal("invalid_grant", done.GetProperty("stranger").GetString());
        Assert.NotNull(Text(done, "page", "access_token"));
        Assert.Equal($"{Issuer(host)}/auth/introspect", Text(done, "metadata", "introspection_endpoint"));
    }

    [Fact]
    public async Task Oauth4webapi_redeems_exchanges_refreshes_introspects_and_revokes()
    {
        await using FakedHost host = await FakedHost.StartAsync(Clients);
        Answer page = await host.ExchangeAsync("google", "access_token", new MintOptions { User = "ada" });
        string verifier = RandomNumberGenerator.GetHexString(64, lowercase: true);
        MintedCredentials minted = host.Fakes["google"].Mint(new MintOptions { User = "ada" });

        JsonElement done = await NodeScript.RunAsync("oauth4webapi.mjs", new
        {
            issuer = Issuer(host),
            client_id = "backend",
            client_secret = Secret,
            code = await CodeAsync(host, page, verifier),
            code_verifier = verifier,
            redirect_uri = Callback,
            subject_token = minted.IdToken,
            subject_token_type = "urn:ietf:params:oauth:token-type:id_token",
            subject_issuer = "google",
            nonce = minted.Nonce,
        });

        Assert.NotNull(Text(done, "redeemed", "access_token"));
        Assert.Equal("invalid_grant", done.GetProperty("replayed").GetString());
        Assert.False(done.GetProperty("afterReplay").GetProperty("active").GetBoolean());
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", Text(done, "exchanged", "issued_token_type"));
        Assert.Equal(page.UserId, Text(done, "active", "sub"));
        Assert.True(done.GetProperty("activeRefresh").GetProperty("active").GetBoolean());
        Assert.False(done.GetProperty("ended").GetProperty("active").GetBoolean());
        Assert.Equal("invalid_client", done.GetProperty("unauthenticated").GetString());
    }

    private static string Issuer(FakedHost host) => host.Host.Client.BaseAddress!.AbsoluteUri.TrimEnd('/');

    private static string? Text(JsonElement results, string step, string member) => results.GetProperty(step).GetProperty(member).GetString();

    // As the redirect flow makes it, in the transaction of its exchange.
    private static async Task<string> CodeAsync(FakedHost host, Answer page, string verifier)
    {
        IServiceProvider services = host.Host.Services;
        IStore store = services.GetRequiredService<IStore>();
        Account account = (await store.FindUserAsync(new UserRef(page.UserId), CancellationToken.None))!;
        string subject = page.Json.GetProperty("login").GetProperty("subject").GetString()!;
        var login = new SignInContext("google", subject, UserAgent: null, Address: null) { ClientId = "backend" };
        var binding = new CodeBinding(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), Callback);
        Result<string> code = await store.TransactAsync<string>(
            async (transaction, cancellationToken) =>
                await services.GetRequiredService<AuthorizationCodes>().IssueAsync(account, login, binding, transaction, cancellationToken),
            CancellationToken.None);
        return code.Value!;
    }
}
