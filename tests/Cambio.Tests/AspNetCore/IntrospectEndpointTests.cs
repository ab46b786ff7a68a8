using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore;

/// <summary>RFC 7662 at <c>POST /auth/introspect</c>.</summary>
public sealed class IntrospectEndpointTests(GrantRoom room) : IClassFixture<GrantRoom>
{
    private static readonly long Now = TokenRoom.Start.ToUnixTimeSeconds();

    [Fact]
    public async Task An_access_token_that_is_good_tells_whose_it_is_and_for_whom()
    {
        IssuedToken token = await room.SignInAsync("shop");

        HttpResponseMessage answer = await IntrospectAsync(token.AccessToken);

        Answer.AssertNotKept(answer);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement told = await answer.JsonAsync();
        Assert.Equal(
            ["active", "token_type", "client_id", "username", "sub", "sid", "iss", "aud", "exp", "iat", "jti", "auth_time"],
            told.EnumerateObject().Select(static member => member.Name));
        Assert.True(told.GetProperty("active").GetBoolean());
        Assert.Equal(
            ["Bearer", "shop", "ada", "u-ada", token.SessionId, TokenRoom.Issuer, TokenRoom.Issuer],
            new[] { "token_type", "client_id", "username", "sub", "sid", "iss", "aud" }.Select(name => told.GetProperty(name).GetString()));
        Assert.Equal([Now + 900, Now, Now], new[] { "exp", "iat", "auth_time" }.Select(name => told.GetProperty(name).GetInt64()));
        Assert.Equal(TokenRoom.Part(token.AccessToken, 1).GetProperty("jti").GetString(), told.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task A_refresh_token_cannot_be_taken_for_a_bearer()
    {
        IssuedToken token = await room.SignInAsync();

        JsonElement told = await (await IntrospectAsync(token.RefreshToken!)).JsonAsync();

        Assert.Equal(
            ["active", "username", "sub", "sid", "iss", "exp", "iat", "auth_time"],
            told.EnumerateObject().Select(static member => member.Name));
        Assert.True(told.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Looking_uses_nothing_up()
    {
        IssuedToken token = await room.SignInAsync();
        await IntrospectAsync(token.RefreshToken!);
        await IntrospectAsync(token.RefreshToken!);

        Assert.True((await room.PostAsync("/auth/token", $"grant_type=refresh_token&refresh_token={token.RefreshToken}")).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("{refresh}A")]
    [InlineData("{ours}A")]
    [InlineData("{id_token}")]
    [InlineData("{access_token}")]
    [InlineData("{code}")]
    public async Task Whatever_is_no_token_of_ours_is_not_active_and_no_more_is_said(string token) =>
        Assert.Equal("""{"active":false}""", await (await room.PostAsync(
            "/auth/introspect", await room.FillAsync($"token={token}&token_type_hint=refresh_token"), GrantRoom.Basic("api"))).Content.ReadAsStringAsync());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_of_an_ended_session_is_not_active(bool refresh)
    {
        IssuedToken token = await room.SignInAsync();
        await room.Host.Store.TransactAsync<int>(
            async (transaction, cancellationToken) =>
                await transaction.Sessions.EndAsync(new SessionFilter { Id = token.SessionId }, TokenRoom.Start, cancellationToken),
            CancellationToken.None);

        HttpResponseMessage answer = await IntrospectAsync(refresh ? token.RefreshToken! : token.AccessToken);

        Assert.Equal("""{"active":false}""", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, "token={ours}", 401, "invalid_client")]
    [InlineData(null, "token={ours}&client_id=spa", 401, "invalid_client")]
    [InlineData(null, "token={ours}&client_id=api", 401, "invalid_client")]
    [InlineData(null, "token={ours}&client_id=api&client_secret=wrong", 401, "invalid_client")]
    [InlineData("Bearer {ours}", "token={ours}", 401, "invalid_client")]
    [InlineData("Basic x", "token={ours}", 401, "invalid_client")]
    [InlineData(null, "", 401, "invalid_client")]
    [InlineData("api", "", 400, "invalid_request")]
    [InlineData("api", "token=", 400, "invalid_request")]
    [InlineData("api", "token={ours}&token={ours}", 400, "invalid_request")]
    [InlineData("api", "token={ours}&client_id=shop", 400, "invalid_request")]
    public async Task Only_a_client_that_proves_itself_is_told(string? client, string form, int status, string error)
    {
        string? authorization = client is "api" ? GrantRoom.Basic(client) : client is null ? null : await room.FillAsync(client);

        HttpResponseMessage answer = await room.PostAsync("/auth/introspect", await room.FillAsync(form), authorization);

        await answer.OAuthRefusalAsync((HttpStatusCode)status, error);
        Assert.Equal(client is "Basic x" ? "Basic realm=\"cambio\"" : "", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_client_may_show_its_secret_in_the_form_too()
    {
        string form = await room.FillAsync($"token={{ours}}&client_id=narrow&client_secret={GrantRoom.SecretOf("narrow")}");

        Assert.True((await (await room.PostAsync("/auth/introspect", form)).JsonAsync()).GetProperty("active").GetBoolean());
    }

    private Task<HttpResponseMessage> IntrospectAsync(string token) => room.PostAsync("/auth/introspect", $"token={token}", GrantRoom.Basic("api"));
}
