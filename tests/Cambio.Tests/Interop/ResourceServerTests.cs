using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Cambio.Testing;
using Cambio.Tests.EndToEnd;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Interop;

/// <summary>Resource servers that know nothing of us but our published keys, built on validators that others wrote.</summary>
public sealed class ResourceServerTests
{
    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    public async Task Jose_takes_our_tokens_and_no_others(string algorithm)
    {
        await using FakedHost host = await FakedHost.StartAsync(new Dictionary<string, string?> { ["Cambio:Tokens:SigningAlgorithm"] = algorithm });
        (string issuer, Answer signedIn, Dictionary<string, string> tokens) = await TokensAsync(host);

        JsonElement results = await NodeScript.RunAsync(
            "jose.mjs", new { jwks_uri = $"{issuer}/auth/jwks", issuer, audience = issuer, algorithm, tokens });

        Assert.Equal(signedIn.UserId, results.GetProperty("genuine").GetProperty("sub").GetString());
        Assert.All(tokens.Keys.Where(name => name != "genuine"), name => Assert.True(results.GetProperty(name).TryGetProperty("refused", out _), name));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    public async Task The_JwtBearer_handler_takes_our_tokens_and_no_others(string algorithm)
    {
        await using FakedHost host = await FakedHost.StartAsync(new Dictionary<string, string?> { ["Cambio:Tokens:SigningAlgorithm"] = algorithm });
        (string issuer, Answer signedIn, Dictionary<string, string> tokens) = await TokensAsync(host);
        await using WebApplication api = await StartApiAsync(issuer);
        using var client = new HttpClient { BaseAddress = new Uri(api.Urls.First()) };

        foreach ((string name, string token) in tokens)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/whoami");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.Equal((name, name == "genuine" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), (name, response.StatusCode));
            if (name == "genuine")
            {
                Assert.Equal(signedIn.UserId, await response.Content.ReadAsStringAsync());
            }
        }
    }

    // A token of ours, and what looks like one.
    private static async Task<(string Issuer, Answer SignedIn, Dictionary<string, string> Tokens)> TokensAsync(FakedHost host)
    {
        string issuer = host.Host.Client.BaseAddress!.AbsoluteUri.TrimEnd('/');
        Answer signedIn = await host.ExchangeAsync("google", "access_token", new MintOptions { User = "ada" });
        string genuine = signedIn.AccessToken;
        string[] parts = genuine.Split('.');
        string id = new JsonWebToken(genuine).Kid;
        using ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (issuer, signedIn, new Dictionary<string, string>
        {
            ["genuine"] = genuine,
            ["altered"] = $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace(signedIn.UserId, Guid.Empty.ToString()))}.{parts[2]}",
            ["truncated"] = genuine[..^8],
            ["unsigned"] = $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.",
            ["foreign"] = Forge(new ECDsaSecurityKey(stranger) { KeyId = id }, parts[1]),
            ["id_token"] = host.Fakes["google"].Mint(new MintOptions { User = "ada" }).IdToken!,
        });
    }

    private static string Forge(ECDsaSecurityKey key, string payload) => new JsonWebTokenHandler().CreateToken(
        Base64UrlEncoder.Decode(payload), new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256), new Dictionary<string, object> { ["typ"] = "at+jwt" });

    private static async Task<WebApplication> StartApiAsync(string issuer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = issuer;
            options.Audience = issuer;
            options.RequireHttpsMetadata = false;
            options.MapInboundClaims = false;
            options.TokenValidationParameters.ValidTypes = ["at+jwt"];
        });
        WebApplication api = builder.Build();
        api.UseAuthentication();
        api.UseAuthorization();
        api.MapGet("/whoami", static (ClaimsPrincipal me) => me.FindFirstValue("sub")).RequireAuthorization();
        await api.StartAsync();
        return api;
    }
}
