using System.Text.Json;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class JwtTokenIssuerTests
{
    [Fact]
    public async Task The_access_token_says_who_for_whom_and_how_long_and_nothing_more()
    {
        using var room = new TokenRoom();

        IssuedToken token = await room.SignInAsync();

        JsonElement header = TokenRoom.Part(token.AccessToken, 0);
        Assert.Equal(["alg", "kid", "typ"], Names(header));
        Assert.Equal("ES256", header.GetProperty("alg").GetString());
        Assert.Equal("at+jwt", header.GetProperty("typ").GetString());
        JsonElement claims = TokenRoom.Part(token.AccessToken, 1);
        Assert.Equal(["aud", "auth_time", "exp", "iat", "iss", "jti", "name", "preferred_username", "sid", "sub"], Names(claims));
        long now = TokenRoom.Start.ToUnixTimeSeconds();
        Assert.Equal("https://api.example.com", claims.GetProperty("iss").GetString());
        Assert.Equal("https://api.example.com", claims.GetProperty("aud").GetString());
        Assert.Equal("u-ada", claims.GetProperty("sub").GetString());
        Assert.Equal("Ada Lovelace", claims.GetProperty("name").GetString());
        Assert.Equal("ada", claims.GetProperty("preferred_username").GetString());
        Assert.Equal(token.SessionId, claims.GetProperty("sid").GetString());
        Assert.Equal(now, claims.GetProperty("iat").GetInt64());
        Assert.Equal(now, claims.GetProperty("auth_time").GetInt64());
        Assert.Equal(now + 900, claims.GetProperty("exp").GetInt64());
        Assert.Equal(TimeSpan.FromMinutes(15), token.ExpiresIn);
    }

    [Fact]
    public async Task Settings_name_issuer_audience_and_lifetime()
    {
        using var room = new TokenRoom(configure: options =>
        {
            options.Tokens.Issuer = "https://id.example.com/tenant";
            options.Tokens.Audience = "urn:orders";
            options.Tokens.AccessTokenLifetime = TimeSpan.FromMinutes(2);
        });

        JsonElement claims = TokenRoom.Part((await room.SignInAsync()).AccessToken, 1);

        Assert.Equal("https://id.example.com/tenant", claims.GetProperty("iss").GetString());
        Assert.Equal("urn:orders", claims.GetProperty("aud").GetString());
        Assert.Equal(120, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Nothing_outlives_the_session()
    {
        using var room = new TokenRoom(configure: options => options.Tokens.SessionLifetime = TimeSpan.FromMinutes(3));

        IssuedToken token = await room.SignInAsync();

        Assert.Equal(TimeSpan.FromMinutes(3), token.ExpiresIn);
        room.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("session_expired", await room.RefusalAsync(token.RefreshToken!));
    }

    [Fact]
    public async Task Every_token_and_session_has_an_unguessable_id_of_its_own()
    {
        using var room = new TokenRoom();

        IssuedToken[] tokens = [await room.SignInAsync(), await room.SignInAsync(), await room.SignInAsync()];

        string[] ids = [.. tokens.Select(static token => TokenRoom.Part(token.AccessToken, 1).GetProperty("jti").GetString()!)];
        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.Equal(16, Base64UrlEncoder.DecodeBytes(id).Length));
        Assert.All(tokens, static token => Assert.Equal(16, Base64UrlEncoder.DecodeBytes(token.SessionId).Length));
        Assert.All(tokens, static token => Assert.Equal(32, Base64UrlEncoder.DecodeBytes(token.RefreshToken!).Length));
        Assert.Equal(3, tokens.Select(static token => token.RefreshToken).Distinct().Count());
    }

    [Fact]
    public async Task The_session_tells_where_it_was_opened_and_no_token()
    {
        using var room = new TokenRoom();

        IssuedToken token = await room.SignInAsync(login: TokenRoom.Login with { UserAgent = new string('a', 1000) });

        Session session = Assert.Single(room.Store.Sessions);
        Assert.Equal(token.SessionId, session.Id);
        Assert.Equal(TokenRoom.Ada.User, session.User);
        Assert.Equal("acme", session.Provider);
        Assert.Equal("203.0.113.7", session.Address);
        Assert.Equal(256, session.UserAgent!.Length);
        Assert.Equal(TokenRoom.Start, session.CreatedAt);
        Assert.Equal(TokenRoom.Start.AddDays(90), session.ExpiresAt);
        Assert.DoesNotContain(token.RefreshToken!, token.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(room.Logs.All, line => line.Text.Contains(token.RefreshToken!, StringComparison.Ordinal) || line.Text.Contains(token.AccessToken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Ada Lovelace", "ada", "Ada Lovelace")]
    [InlineData(null, "ada", "ada")]
    [InlineData(null, null, "u-ada")]
    public async Task The_identitys_name_is_the_best_that_is_known(string? name, string? username, string expected)
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync(TokenRoom.Ada with { Name = name, PreferredUsername = username });

        TokenValidationResult result = await room.ValidateAsync(token.AccessToken);

        Assert.Equal(expected, result.ClaimsIdentity.Name);
    }

    private static string[] Names(JsonElement part) => [.. part.EnumerateObject().Select(static member => member.Name).Order(StringComparer.Ordinal)];
}
