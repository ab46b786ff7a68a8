using System.Security.Claims;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class BearerValidatorTests
{
    [Theory]
    [InlineData(TokenKind.Jwt, TokenKind.Jwt, true)]
    [InlineData(TokenKind.Opaque, TokenKind.Opaque, true)]
    [InlineData(TokenKind.Jwt, TokenKind.Opaque, true)]
    [InlineData(TokenKind.Opaque, TokenKind.Jwt, false)]
    public async Task After_a_change_of_kind_a_JWT_stays_good_and_an_API_token_does_not(TokenKind made, TokenKind now, bool good)
    {
        var protection = new EphemeralDataProtectionProvider();
        using var before = new TokenRoom(protection: protection, configure: options => options.Tokens.Kind = made);
        using var after = new TokenRoom(store: before.Store, protection: protection, configure: options => options.Tokens.Kind = now);
        IssuedToken token = await before.SignInAsync();

        Assert.Equal(good, await after.TakesBearerAsync(token.AccessToken));
    }

    [Theory]
    [InlineData("Ada Lovelace", "ada", "Ada Lovelace")]
    [InlineData(null, "ada", "ada")]
    [InlineData(null, null, "u-ada")]
    public async Task An_API_token_leads_to_the_principal_that_a_JWT_holds(string? name, string? username, string expected)
    {
        Account ada = TokenRoom.Ada with { Name = name, PreferredUsername = username };
        using var jwts = new TokenRoom();
        using TokenRoom room = Opaque();
        IssuedToken jwt = await jwts.SignInAsync(ada);
        IssuedToken token = await room.SignInAsync(ada);

        ClaimsIdentity of = (await jwts.Bearers.ValidateAsync(jwt.AccessToken, CancellationToken.None)).ClaimsIdentity;
        TokenValidationResult result = await room.Bearers.ValidateAsync(token.AccessToken, CancellationToken.None);

        Assert.True(result.IsValid);
        ClaimsIdentity identity = result.ClaimsIdentity;
        Assert.True(identity.IsAuthenticated);
        Assert.Equal(of.AuthenticationType, identity.AuthenticationType);
        Assert.Equal((expected, of.Name), (identity.Name, identity.Name));
        Assert.Equal(of.RoleClaimType, identity.RoleClaimType);
        Assert.Equal(token.SessionId, identity.FindFirst("sid")?.Value);
        foreach (string claim in (string[])["sub", "auth_time", "name", "preferred_username"])
        {
            Assert.Equal(of.FindFirst(claim)?.Value, identity.FindFirst(claim)?.Value);
            Assert.Equal(of.FindFirst(claim)?.Issuer, identity.FindFirst(claim)?.Issuer);
        }
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("disabled")]
    [InlineData("deleted")]
    public async Task An_API_token_is_refused_at_once_when_its_session_is_no_longer_good(string what)
    {
        using TokenRoom room = Opaque();
        IssuedToken token = await room.SignInAsync();
        Assert.True(await room.TakesBearerAsync(token.AccessToken));
        await (what switch { "ended" => room.EndAsync(token), "disabled" => room.DisableAsync(), _ => room.DeleteAsync() });

        Assert.False(await room.TakesBearerAsync(token.AccessToken));
    }

    [Fact]
    public async Task Only_the_exact_text_of_an_API_token_is_the_token_and_only_its_form_costs_a_query()
    {
        using TokenRoom room = Opaque();
        string token = (await room.SignInAsync()).AccessToken;
        string[] formless = ["", "cambio_", token[..^1], token + "A", " " + token, token.ToUpperInvariant(), token["cambio_".Length..], "Cambio_" + token["cambio_".Length..]];
        string[] formed = ["cambio_" + new string('a', 43), token[..^1] + (token[^1] == '!' ? '?' : '!'), "cambio_" + new string('é', 43)];

        foreach (string other in (string[])[.. formless, .. formed])
        {
            Assert.False(await room.TakesBearerAsync(other), other);
        }

        Assert.Equal(formed.Length, room.Desk.Questions);
        Assert.True(await room.TakesBearerAsync(token));
        Assert.Equal(formed.Length + 1, room.Desk.Questions);
    }

    [Fact]
    public async Task A_refresh_token_is_no_bearer()
    {
        using var room = new TokenRoom();

        Assert.False(await room.TakesBearerAsync((await room.SignInAsync()).RefreshToken!));
    }

    [Fact]
    public async Task An_outage_of_the_store_lets_no_API_token_in()
    {
        using TokenRoom room = Opaque();
        string token = (await room.SignInAsync()).AccessToken;
        room.Desk.IsClosed = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => room.TakesBearerAsync(token));
    }

    private static TokenRoom Opaque() => new(configure: static options => options.Tokens.Kind = TokenKind.Opaque);
}
