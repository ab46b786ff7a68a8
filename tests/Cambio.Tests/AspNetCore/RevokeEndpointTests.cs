using System.Net;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore;

/// <summary>RFC 7009 at <c>POST /auth/revoke</c>.</summary>
public sealed class RevokeEndpointTests(GrantRoom room) : IClassFixture<GrantRoom>
{
    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "")]
    [InlineData(true, "&token_type_hint=access_token")]
    [InlineData(false, "&token_type_hint=refresh_token")]
    [InlineData(true, "&token_type_hint=something_else")]
    public async Task Either_token_ends_the_session_whatever_the_hint_says(bool refresh, string hint)
    {
        IssuedToken token = await room.SignInAsync();

        HttpResponseMessage answer = await RevokeAsync($"token={(refresh ? token.RefreshToken : token.AccessToken)}{hint}");

        await AssertDoneAsync(answer);
        Assert.False(await IsGoodAsync(token));
    }

    [Theory]
    [InlineData("token=unknown")]
    [InlineData("token={refresh}A")]
    [InlineData("token=a.b.c")]
    [InlineData("token={id_token}")]
    public async Task TOK_019_what_is_no_token_of_ours_is_200_and_ends_nothing(string form)
    {
        string filled = await room.FillAsync(form);
        int ended = Ended();

        await AssertDoneAsync(await RevokeAsync(filled));
        Assert.Equal(ended, Ended());
    }

    [Fact]
    public async Task TOK_019_a_second_revocation_is_200()
    {
        IssuedToken token = await room.SignInAsync();
        await RevokeAsync($"token={token.RefreshToken}");

        await AssertDoneAsync(await RevokeAsync($"token={token.RefreshToken}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("api")]
    public async Task TOK_019_a_clients_token_is_left_alone_by_others(string? other)
    {
        IssuedToken token = await room.SignInAsync("shop");

        await AssertDoneAsync(await RevokeAsync($"token={token.RefreshToken}", other is null ? null : GrantRoom.Basic(other)));

        Assert.True(await IsGoodAsync(token, "shop"));
    }

    [Fact]
    public async Task A_client_revokes_its_own()
    {
        IssuedToken token = await room.SignInAsync("shop");

        await AssertDoneAsync(await RevokeAsync($"token={token.RefreshToken}&client_id=shop&client_secret={GrantRoom.SecretOf("shop")}"));

        Assert.False(await IsGoodAsync(token, "shop"));
    }

    [Theory]
    [InlineData("", 400, "invalid_request")]
    [InlineData("token=", 400, "invalid_request")]
    [InlineData("token_type_hint=refresh_token", 400, "invalid_request")]
    [InlineData("token={refresh}&token=b", 400, "invalid_request")]
    [InlineData("token={refresh:shop}&client_id=shop", 401, "invalid_client")]
    [InlineData("token={refresh:shop}&client_id=shop&client_secret=wrong", 401, "invalid_client")]
    [InlineData("token={refresh:shop}&client_id=spa&client_secret=any", 401, "invalid_client")]
    public async Task A_bad_request_ends_nothing(string form, int status, string error)
    {
        string filled = await room.FillAsync(form);
        int ended = Ended();

        await (await RevokeAsync(filled)).OAuthRefusalAsync((HttpStatusCode)status, error);

        Assert.Equal(ended, Ended());
    }

    [Fact]
    public async Task A_token_in_the_query_is_refused_and_so_is_json()
    {
        await (await room.PostAsync("/auth/revoke?token=t", "token=t")).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await room.Host.PostAsync("/auth/revoke", "{\"token\":\"t\"}", "application/json")).OAuthRefusalAsync(HttpStatusCode.UnsupportedMediaType, "invalid_request");
    }

    [Fact]
    public async Task Each_revocation_leaves_one_event()
    {
        string[] forms = [await room.FillAsync("token={refresh}"), "token=unknown", "token=", "token=t&client_id=shop"];
        room.Events.Clear();

        foreach (string form in forms)
        {
            await RevokeAsync(form);
        }

        Assert.Equal(
            [("revoke", "success", "Revoked"), ("revoke", "success", "NothingToRevoke"), ("revoke", "invalid_request", "malformed_request"), ("revoke", "invalid_client", "client_secret_missing")],
            room.Events.All.Select(static e => (e.Action, e.Outcome, e.Reason)));
        Assert.Equal(["u-ada", null, null, null], room.Events.All.Select(static e => e.UserId));
    }

    private Task<HttpResponseMessage> RevokeAsync(string form, string? authorization = null) => room.PostAsync("/auth/revoke", form, authorization);

    private int Ended() => room.Host.Store.Sessions.Count(static session => session.EndedAt is not null);

    private async Task<bool> IsGoodAsync(IssuedToken token, string? client = null) =>
        (await room.PostAsync("/auth/token", $"grant_type=refresh_token&refresh_token={token.RefreshToken}", client is null ? null : GrantRoom.Basic(client))).IsSuccessStatusCode;

    private static async Task AssertDoneAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
        Answer.AssertNotKept(answer);
    }
}
