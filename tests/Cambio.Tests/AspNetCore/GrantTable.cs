using System.Net;
using System.Text.Json;
using Cambio.Telemetry;

namespace Cambio.Tests.AspNetCore;

/// <summary>Every grant of the token endpoint, and every way in which one is refused. A refusal writes nothing, and what is badly asked calls nobody.</summary>
public sealed class GrantTable(GrantRoom room) : IClassFixture<GrantRoom>
{
    private const string Refresh = "grant_type=refresh_token";
    private const string Code = "grant_type=authorization_code";
    private const string Exchange = "grant_type=urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessType = "&subject_token_type=urn:ietf:params:oauth:token-type:access_token";
    private const string IdType = "&subject_token_type=urn:ietf:params:oauth:token-type:id_token";
    private const string JwtType = "&subject_token_type=urn:ietf:params:oauth:token-type:jwt";
    private const string Google = "&subject_issuer=google";
    private const string ByAccessToken = Exchange + "&subject_token={access_token}" + AccessType + Google;
    private const string ByIdToken = Exchange + "&subject_token={id_token}&nonce={nonce}" + IdType + Google;
    private const string ByShop = "&client_id=shop&client_secret=shop-secret-0123456789";

    // The client that authenticates by header (or its whole header), the form, the answer.
    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["no grant_type"] = new(null, "", 400, "invalid_request", IsNoAct: true),
        ["an empty grant_type"] = new(null, "grant_type=", 400, "invalid_request", IsNoAct: true),
        ["an unknown grant_type"] = new(null, "grant_type=password&username=a&password=b", 400, "unsupported_grant_type", IsNoAct: true),
        ["a grant_type in another case"] = new(null, "grant_type=Refresh_Token&refresh_token={refresh}", 400, "unsupported_grant_type", IsNoAct: true),
        ["TOK-028 grant_type twice"] = new(null, Refresh + "&" + Refresh + "&refresh_token={refresh}", 400, "invalid_request", IsNoAct: true),
        ["TOK-028 refresh_token twice"] = new(null, Refresh + "&refresh_token={refresh}&refresh_token=b", 400, "invalid_request", IsNoAct: true),
        ["TOK-028 a parameter twice that nobody knows"] = new(null, Refresh + "&refresh_token={refresh}&x=1&X=1", 400, "invalid_request", IsNoAct: true),

        ["refresh, public"] = new(null, Refresh + "&refresh_token={refresh}", 200),
        ["refresh, public with an id"] = new(null, Refresh + "&refresh_token={refresh}&client_id=spa", 200),
        ["refresh, public with a scope"] = new(null, Refresh + "&refresh_token={refresh}&scope=openid", 200),
        ["refresh, public beside a bearer"] = new("Bearer x", Refresh + "&refresh_token={refresh}", 200),
        ["refresh, its client by header"] = new("shop", Refresh + "&refresh_token={refresh:shop}", 200),
        ["refresh, its client by header and id"] = new("shop", Refresh + "&refresh_token={refresh:shop}&client_id=shop", 200),
        ["refresh, its client by form"] = new(null, Refresh + "&refresh_token={refresh:shop}" + ByShop, 200),
        ["refresh without a token"] = new(null, Refresh, 400, "invalid_request"),
        ["TOK-009 an empty token"] = new(null, Refresh + "&refresh_token=", 400, "invalid_request"),
        ["TOK-009 a token and a letter"] = new(null, Refresh + "&refresh_token={refresh}A", 400, "invalid_grant"),
        ["TOK-009 a token behind a letter"] = new(null, Refresh + "&refresh_token=A{refresh}", 400, "invalid_grant"),
        ["TOK-009 a token and a blank"] = new(null, Refresh + "&refresh_token={refresh}+", 400, "invalid_grant"),
        ["TOK-009 a token in padding"] = new(null, Refresh + "&refresh_token={refresh}=", 400, "invalid_grant"),
        ["TOK-009 a statement"] = new(null, Refresh + "&refresh_token=' OR 1=1 --", 400, "invalid_grant"),
        ["TOK-009 a guess"] = new(null, Refresh + "&refresh_token=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 400, "invalid_grant"),
        ["TOK-009 an access token"] = new(null, Refresh + "&refresh_token={ours}", 400, "invalid_grant"),
        ["TOK-007 a client's token, public"] = new(null, Refresh + "&refresh_token={refresh:shop}", 400, "invalid_grant"),
        ["TOK-007 a client's token, public with an id"] = new(null, Refresh + "&refresh_token={refresh:shop}&client_id=spa", 400, "invalid_grant"),
        ["TOK-007 a client's token, by another"] = new("api", Refresh + "&refresh_token={refresh:shop}", 400, "invalid_grant"),
        ["a public token, by a client"] = new("api", Refresh + "&refresh_token={refresh}", 400, "invalid_grant"),

        ["code, public"] = new(null, Code + "&code={code}&code_verifier={verifier}", 200),
        ["code, public with all that may be sent"] =
            new(null, Code + "&code={code}&code_verifier={verifier}&redirect_uri=https://app.example.com/return&client_id=spa", 200),
        ["code, its client"] = new("shop", Code + "&code={code:shop}&code_verifier={verifier}", 200),
        ["code, public, by a client"] = new("shop", Code + "&code={code}&code_verifier={verifier}", 200),
        ["code of a provider that the client may not use"] = new("picky", Code + "&code={code}&code_verifier={verifier}", 400, "invalid_grant"),
        ["code, none"] = new(null, Code + "&code_verifier={verifier}", 400, "invalid_request"),
        ["code without a verifier"] = new(null, Code + "&code={code}", 400, "invalid_request"),
        ["code with an empty verifier"] = new(null, Code + "&code={code}&code_verifier=", 400, "invalid_request"),
        ["code with another verifier"] = new(null, Code + "&code={code}&code_verifier=A{verifier}", 400, "invalid_grant"),
        ["code for another address"] = new(null, Code + "&code={code}&code_verifier={verifier}&redirect_uri=https://app.example.com/", 400, "invalid_grant"),
        ["code, unknown"] = new(null, Code + "&code=forged&code_verifier={verifier}", 400, "invalid_grant"),
        ["code twice in one form"] = new(null, Code + "&code={code}&code={code}&code_verifier={verifier}", 400, "invalid_request", IsNoAct: true),
        ["code, a refresh token"] = new(null, Code + "&code={refresh}&code_verifier={verifier}", 400, "invalid_grant"),
        ["code of a client, public"] = new(null, Code + "&code={code:shop}&code_verifier={verifier}&client_id=spa", 400, "invalid_grant"),
        ["code of a client, by another"] = new("api", Code + "&code={code:shop}&code_verifier={verifier}", 400, "invalid_grant"),

        ["TXC-001 an ID token"] = new(null, ByIdToken, 200),
        ["an access token"] = new(null, ByAccessToken, 200),
        ["a JWT"] = new(null, Exchange + "&subject_token={id_token}&nonce={nonce}" + JwtType + Google, 200),
        ["exchange, a client"] = new("shop", ByAccessToken, 200),
        ["exchange with all that may be sent"] = new(
            null,
            ByAccessToken + "&requested_token_type=urn:ietf:params:oauth:token-type:access_token&audience=https://api.example.com&resource=https://api.example.com&scope=",
            200),
        ["TXC-002 without subject_token"] = new(null, Exchange + AccessType + Google, 400, "invalid_request"),
        ["TXC-002 an empty subject_token"] = new(null, Exchange + "&subject_token=" + AccessType + Google, 400, "invalid_request"),
        ["TXC-002 without subject_token_type"] = new(null, Exchange + "&subject_token={access_token}" + Google, 400, "invalid_request"),
        ["TXC-002 an empty subject_token_type"] = new(null, Exchange + "&subject_token={access_token}&subject_token_type=" + Google, 400, "invalid_request"),
        ["without subject_issuer"] = new(null, Exchange + "&subject_token={access_token}" + AccessType, 400, "invalid_request"),
        ["an unknown subject_issuer"] = new(null, Exchange + "&subject_token={access_token}" + AccessType + "&subject_issuer=nobody", 400, "invalid_request"),
        ["a subject_issuer by address"] =
            new(null, Exchange + "&subject_token={access_token}" + AccessType + "&subject_issuer=https://accounts.google.com", 400, "invalid_request"),
        ["TXC-003 saml2"] = new(null, Exchange + "&subject_token=x&subject_token_type=urn:ietf:params:oauth:token-type:saml2" + Google, 400, "invalid_request"),
        ["TXC-003 refresh_token"] =
            new(null, Exchange + "&subject_token=x&subject_token_type=urn:ietf:params:oauth:token-type:refresh_token" + Google, 400, "invalid_request"),
        ["TXC-003 a type of somebody's own"] = new(null, Exchange + "&subject_token=x&subject_token_type=urn:example:token" + Google, 400, "invalid_request"),
        ["TXC-003 saml2 wanted"] = new(null, ByAccessToken + "&requested_token_type=urn:ietf:params:oauth:token-type:saml2", 400, "invalid_request"),
        ["a refresh token wanted"] = new(null, ByAccessToken + "&requested_token_type=urn:ietf:params:oauth:token-type:refresh_token", 400, "invalid_request"),
        ["TXC-004 an ID token as access token"] = new(null, Exchange + "&subject_token={id_token}" + AccessType + Google, 400, "invalid_grant"),
        ["TXC-004 an access token as ID token"] = new(null, Exchange + "&subject_token={access_token}" + IdType + Google, 400, "invalid_grant"),
        ["TXC-004 an opaque token as JWT"] = new(null, Exchange + "&subject_token=opaque" + JwtType + Google, 400, "invalid_grant"),
        ["a nonce beside an access token"] = new(null, ByAccessToken + "&nonce={nonce}", 400, "invalid_request"),
        ["another nonce"] = new(null, Exchange + "&subject_token={id_token}&nonce=other" + IdType + Google, 400, "invalid_grant"),
        ["TXC-007 a provider that the client may not use"] = new("narrow", ByAccessToken, 400, "invalid_request"),
        ["a provider that the client may use"] = new("narrow", Exchange + "&subject_token={github}" + AccessType + "&subject_issuer=github", 200),
        ["TXC-008 a token of our own"] = new(null, Exchange + "&subject_token={ours}" + AccessType + Google, 400, "invalid_grant"),
        ["TXC-008 a token of our own as JWT"] = new(null, Exchange + "&subject_token={ours}" + JwtType + Google, 400, "invalid_grant"),
        ["TXC-009 a token of another issuer"] = new(null, Exchange + "&subject_token={id_token}&nonce={nonce}" + IdType + "&subject_issuer=microsoft", 400, "invalid_grant"),
        ["TXC-010 an ID token for another application"] = new(null, Exchange + "&subject_token={foreign_id_token}" + IdType + Google, 400, "invalid_grant"),
        ["TXC-010 an access token for another application"] = new(null, Exchange + "&subject_token={foreign_access_token}" + AccessType + Google, 400, "invalid_grant"),
        ["TXC-012 another audience"] = new(null, ByAccessToken + "&audience=payments-api", 400, "invalid_target"),
        ["TXC-012 another resource"] = new(null, ByAccessToken + "&resource=https://payments.example.com", 400, "invalid_target"),
        ["TXC-012 ours and another"] = new(null, ByAccessToken + "&audience=https://api.example.com&resource=https://payments.example.com", 400, "invalid_target"),
        ["TXC-013 a scope"] = new("shop", ByAccessToken + "&scope=admin", 400, "invalid_scope"),
        ["TXC-016 a requested_subject"] = new("shop", ByAccessToken + "&requested_subject=u-ada", 400, "invalid_request"),
        ["TXC-016 an actor_token"] = new("shop", ByAccessToken + "&actor_token=x", 400, "invalid_request"),
        ["TXC-016 a requested_issuer"] = new("shop", ByAccessToken + "&requested_issuer=github", 400, "invalid_request"),
        ["a kind that cannot be proven"] = new(null, Exchange + "&subject_token=x" + AccessType + "&subject_issuer=microsoft", 400, "credential_not_accepted"),

        ["TXC-005 a wrong secret, by header"] = new(GrantRoom.Basic("shop", "wrong"), ByAccessToken, 401, "invalid_client"),
        ["TXC-005 a wrong secret, by form"] = new(null, ByAccessToken + "&client_id=shop&client_secret=wrong", 401, "invalid_client"),
        ["TXC-005 a client without its secret"] = new(null, ByAccessToken + "&client_id=shop", 401, "invalid_client"),
        ["TXC-005 a client with an empty secret"] = new(null, ByAccessToken + "&client_id=shop&client_secret=", 401, "invalid_client"),
        ["TXC-005 a client with an empty secret, by header"] = new(GrantRoom.Basic("shop", ""), ByAccessToken, 401, "invalid_client"),
        ["TXC-005 a public client with a secret"] = new(null, ByAccessToken + "&client_id=spa&client_secret=any", 401, "invalid_client"),
        ["TXC-005 a public client by header"] = new(GrantRoom.Basic("spa", ""), ByAccessToken, 401, "invalid_client"),
        ["a header that cannot be read"] = new("Basic x", ByAccessToken, 401, "invalid_client"),
        ["a secret without an id"] = new(null, ByAccessToken + "&client_secret=shop-secret-0123456789", 400, "invalid_request"),
        ["a client by header and by form"] = new("shop", ByAccessToken + ByShop, 400, "invalid_request"),
        ["one client by header, another by id"] = new("shop", ByAccessToken + "&client_id=api", 400, "invalid_request"),
        ["a grant that the client may not use"] = new("narrow", Refresh + "&refresh_token={refresh:narrow}", 400, "unauthorized_client"),
        ["a code that the client may not redeem"] = new("narrow", Code + "&code={code:narrow}&code_verifier={verifier}", 400, "unauthorized_client"),
        ["refresh with a wrong secret"] = new(GrantRoom.Basic("shop", "wrong"), Refresh + "&refresh_token={refresh:shop}", 401, "invalid_client"),
        ["code with a wrong secret"] = new(GrantRoom.Basic("shop", "wrong"), Code + "&code={code:shop}&code_verifier={verifier}", 401, "invalid_client"),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_grant_and_every_refusal(string name)
    {
        Row row = Rows[name];
        string form = await room.FillAsync(row.Form);
        (int Sessions, int Accounts, int Logins, int Calls) before = State();
        room.Events.Clear();

        HttpResponseMessage answer = await room.PostAsync("/auth/token", form, row.Authorization);

        if (row.Error is null)
        {
            await AssertTokensAsync(answer, row.Form.StartsWith(Exchange, StringComparison.Ordinal), row.Form.StartsWith(Code, StringComparison.Ordinal));
        }
        else
        {
            await answer.OAuthRefusalAsync((HttpStatusCode)row.Status, row.Error);
            bool mayHaveAsked = row.Error is "invalid_grant";
            Assert.Equal(mayHaveAsked ? before with { Calls = State().Calls } : before, State());
        }

        bool tried = row.Status == 401 && row.Authorization is not null;
        Assert.Equal(tried ? "Basic realm=\"cambio\"" : "", answer.Headers.WwwAuthenticate.ToString());
        AssertEvent(row);
    }

    private static async Task AssertTokensAsync(HttpResponseMessage answer, bool isExchange, bool isCode)
    {
        JsonElement tokens = await answer.JsonAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, tokens.GetRawText());
        Answer.AssertNotKept(answer);
        string[] members = ["access_token", "token_type", "expires_in", "refresh_token", .. isExchange ? ["issued_token_type"] : isCode ? ["is_new_user"] : Array.Empty<string>()];
        Assert.Equal(members, tokens.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        Assert.Equal(900, tokens.GetProperty("expires_in").GetInt32());
        if (isExchange)
        {
            Assert.Equal("urn:ietf:params:oauth:token-type:access_token", tokens.GetProperty("issued_token_type").GetString());
        }
    }

    private void AssertEvent(Row row)
    {
        if (row.IsNoAct)
        {
            Assert.Empty(room.Events.All);
            return;
        }

        AuditEvent e = Assert.Single(room.Events.All);
        string action = row.Form.StartsWith(Exchange, StringComparison.Ordinal) ? "exchange" : row.Form.StartsWith(Refresh, StringComparison.Ordinal) ? "refresh" : "redeem";
        Assert.Equal(action, e.Action);
        Assert.Equal(row.Error is null, e.Outcome == "success");
    }

    private (int Sessions, int Accounts, int Logins, int Calls) State() =>
        (room.Host.Store.Sessions.Count, room.Host.Store.Accounts.Count, room.Host.Store.Logins.Count, room.Fakes.Simulator.Calls.Count);

    private sealed record Row(string? Client, string Form, int Status, string? Error = null, bool IsNoAct = false)
    {
        public string? Authorization => Client is null || Client.Contains(' ') ? Client : GrantRoom.Basic(Client);
    }
}
