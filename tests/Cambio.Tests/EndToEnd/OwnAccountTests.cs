using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cambio.Testing;

namespace Cambio.Tests.EndToEnd;

/// <summary>What a person does with the own account, over HTTP and on a real database.</summary>
public sealed class OwnAccountTests
{
    private const string KeepingTokens =
        "check-allowed, find-login, link-current-user, link-by-email, create-user, save-login, update-profile, save-provider-tokens";

    private static readonly MintOptions Ada = new() { User = "ada", Email = "ada@gmail.com" };

    private static readonly MintOptions Countess = new() { User = "countess", Email = "countess@example.com" };

    [Fact]
    public async Task What_the_user_set_or_cleared_is_left_alone_by_later_logins()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("google", "access_token", Ada);
        JsonElement before = ada.Json.GetProperty("user");
        Assert.True(before.TryGetProperty("picture", out _));

        Answer patched = await CallAsync(faked, ada, HttpMethod.Patch, "/auth/me", new { name = "Countess of Lovelace", preferred_username = "Countess", picture = (string?)null });
        Answer again = await faked.ExchangeAsync("google", "access_token", Ada);

        Assert.Equal(200, patched.Status);
        JsonElement user = again.Json.GetProperty("user");
        Assert.Equal(("Countess of Lovelace", "Countess"), (user.GetProperty("name").GetString(), user.GetProperty("preferred_username").GetString()));
        Assert.False(user.TryGetProperty("picture", out _));
        Assert.Equal(before.GetProperty("given_name").GetString(), user.GetProperty("given_name").GetString());
        Assert.Equal(patched.Text, user.GetRawText());
    }

    [Fact]
    public async Task Of_many_who_want_one_username_at_once_one_gets_it()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer[] people = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => faked.ExchangeAsync("github", "access_token", new MintOptions { User = $"person {n}" })));

        Answer[] answers = await Task.WhenAll(people.Select((person, n) =>
            CallAsync(faked, person, HttpMethod.Patch, "/auth/me", new { name = "Changed", preferred_username = n % 2 == 0 ? "wanted" : "WANTED" })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal((400, "invalid_request", "username_taken"), (answer.Status, answer.Error, answer.Reason)));
        Answer[] after = await Task.WhenAll(people.Select(person => faked.Host.GetAsync("/auth/me", person.AccessToken)));
        Assert.Single(after, answer => answer.Json.GetProperty("name").GetString() == "Changed");
    }

    [Fact]
    public async Task Edits_at_the_same_time_are_all_kept()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("google", "access_token", Ada);

        Answer[] answers = await Task.WhenAll(
            CallAsync(faked, ada, HttpMethod.Patch, "/auth/me", new { name = "A" }),
            CallAsync(faked, ada, HttpMethod.Patch, "/auth/me", new { given_name = "B" }),
            CallAsync(faked, ada, HttpMethod.Patch, "/auth/me", new { family_name = "C" }),
            CallAsync(faked, ada, HttpMethod.Patch, "/auth/me", new { locale = "de" }));

        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.Text));
        JsonElement me = (await faked.Host.GetAsync("/auth/me", ada.AccessToken)).Json;
        Assert.Equal(["A", "B", "C", "de"], new[] { "name", "given_name", "family_name", "locale" }.Select(claim => me.GetProperty(claim).GetString()));
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("id_token")]
    [InlineData("code")]
    public async Task A_second_identity_is_linked_by_any_credential_and_leads_to_the_same_account(string kind)
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("github", "access_token", Ada);

        Answer linked = await LinkAsync(faked, ada, "google", kind, Countess);
        Answer again = await LinkAsync(faked, ada, "google", kind, Countess);

        Assert.True(linked.Status == 200, linked.Text);
        Assert.Equal(["is_new_user", "user", "login"], linked.Json.EnumerateObject().Select(member => member.Name));
        Assert.False(linked.Json.GetProperty("is_new_user").GetBoolean());
        Assert.Equal((200, ada.UserId), (again.Status, again.UserId));
        JsonElement[] logins = [.. (await faked.Host.GetAsync("/auth/me/logins", ada.AccessToken)).Json.GetProperty("logins").EnumerateArray()];
        Assert.Equal(["github", "google"], logins.Select(login => login.GetProperty("provider").GetString()));
        Assert.Equal("countess@example.com", logins[1].GetProperty("email").GetString());
        Assert.Equal(ada.UserId, (await faked.ExchangeAsync("google", "access_token", Countess)).UserId);
    }

    [Fact]
    public async Task An_identity_of_somebody_else_is_not_linked_and_nothing_moves()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("github", "access_token", Ada);
        Answer countess = await faked.ExchangeAsync("google", "access_token", Countess);
        Dictionary<string, long> before = faked.Host.Rows();

        Answer refused = await LinkAsync(faked, ada, "google", "access_token", Countess);

        Assert.Equal((409, "identity_in_use"), (refused.Status, refused.Error));
        Assert.DoesNotContain(countess.UserId, refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, faked.Host.Rows());
        Assert.Equal(countess.UserId, (await faked.ExchangeAsync("google", "access_token", Countess)).UserId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("forged")]
    [InlineData("ended")]
    public async Task Linking_without_a_good_bearer_is_401_before_the_provider_is_asked(string? bearer)
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("github", "access_token", Ada);
        await CallAsync(faked, ada, HttpMethod.Post, "/auth/logout");
        MintedCredentials minted = faked.Fakes["google"].Mint(Countess);
        int calls = faked.Fakes.Simulator.Calls.Count;

        Answer refused = await CallAsync(
            faked, bearer == "ended" ? ada.AccessToken : bearer, HttpMethod.Post, "/auth/google/link", JsonContent.Create(new { access_token = minted.AccessToken }));

        Assert.Equal((401, "invalid_token"), (refused.Status, refused.Error));
        Assert.Equal(calls, faked.Fakes.Simulator.Calls.Count);
    }

    [Fact]
    public async Task Unlinking_ends_the_sessions_of_the_identity_and_forgets_and_revokes_its_tokens()
    {
        await using FakedHost faked = await FakedHost.StartAsync([new("Cambio:Pipeline", KeepingTokens)]);
        Answer github = await faked.ExchangeAsync("github", "access_token", Ada);
        Assert.Equal(200, (await LinkAsync(faked, github, "google", "code", Countess)).Status);
        Answer google = await faked.ExchangeAsync("google", "code", Countess);
        Assert.Equal(2, Rows(faked, "provider_tokens"));

        Answer unlinked = await CallAsync(faked, github, HttpMethod.Delete, "/auth/me/logins/google");

        Assert.True(unlinked.Status == 204, unlinked.Text);
        Assert.Equal((1, 1), (Rows(faked, "logins"), Rows(faked, "provider_tokens")));
        Assert.Equal(401, (await faked.Host.GetAsync("/auth/me", google.AccessToken)).Status);
        Assert.Equal((400, "invalid_grant"), await RefreshAsync(faked, google));
        Assert.Equal(200, (await faked.Host.GetAsync("/auth/me", github.AccessToken)).Status);
        Assert.Single(faked.Fakes.Simulator.Calls, call => call is { Provider: "google", Endpoint: "revocation", Status: 200 });
        Assert.Equal(409, (await CallAsync(faked, github, HttpMethod.Delete, "/auth/me/logins/github")).Status);
    }

    [Fact]
    public async Task A_provider_that_cannot_revoke_changes_no_answer()
    {
        await using FakedHost faked = await FakedHost.StartAsync([new("Cambio:Pipeline", KeepingTokens)]);
        Answer google = await faked.ExchangeAsync("google", "code", Ada);
        Assert.Equal(200, (await LinkAsync(faked, google, "github", "access_token", Countess)).Status);
        faked.Fakes["google"].Break("revocation", Fault.Status(503));

        Assert.Equal(204, (await CallAsync(faked, google, HttpMethod.Delete, "/auth/me/logins/google")).Status);
        Assert.Equal(204, (await CallAsync(faked, google, HttpMethod.Delete, "/auth/me")).Status);

        Assert.All(faked.Host.Rows(), table => Assert.Equal((table.Key, 0L), (table.Key, table.Value)));
    }

    [Fact]
    public async Task Of_two_that_unlink_at_the_same_time_one_is_refused()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("github", "access_token", Ada);
        await LinkAsync(faked, ada, "google", "access_token", Countess);

        Answer[] answers = await Task.WhenAll(
            CallAsync(faked, ada, HttpMethod.Delete, "/auth/me/logins/github"), CallAsync(faked, ada, HttpMethod.Delete, "/auth/me/logins/google"));

        Assert.Equal([204, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal("last_login_method", Assert.Single(answers, answer => answer.Status == 409).Error);
        Assert.Equal(1, Rows(faked, "logins"));
    }

    [Theory]
    [InlineData("ada@gmail.com", true)]
    [InlineData("countess@example.com", false)]
    public async Task An_address_stays_verified_only_while_a_login_has_it(string other, bool verified)
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("google", "access_token", Ada);
        await LinkAsync(faked, ada, "github", "access_token", new MintOptions { User = "countess", Email = other });

        Assert.Equal(204, (await CallAsync(faked, ada, HttpMethod.Delete, "/auth/me/logins/google")).Status);

        JsonElement me = (await faked.Host.GetAsync("/auth/me", ada.AccessToken)).Json;
        Assert.Equal(("ada@gmail.com", verified), (me.GetProperty("email").GetString(), me.GetProperty("email_verified").GetBoolean()));
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one_and_everywhere()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer[] devices = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => faked.ExchangeAsync("google", "access_token", Ada)))];
        JsonElement[] sessions = [.. (await faked.Host.GetAsync("/auth/me/sessions", devices[0].AccessToken)).Json.GetProperty("sessions").EnumerateArray()];
        Assert.Equal(4, sessions.Length);
        Assert.Single(sessions, session => session.GetProperty("current").GetBoolean());
        Assert.All(sessions, session => Assert.Equal("127.0.0.1", session.GetProperty("address").GetString()));
        string? another = sessions.First(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString();

        Answer bob = await faked.ExchangeAsync("google", "access_token", Countess);
        Assert.Equal(404, (await CallAsync(faked, bob, HttpMethod.Delete, $"/auth/me/sessions/{another}")).Status);
        Assert.Equal(204, (await CallAsync(faked, devices[0], HttpMethod.Delete, $"/auth/me/sessions/{another}")).Status);
        Assert.Equal(404, (await CallAsync(faked, devices[0], HttpMethod.Delete, $"/auth/me/sessions/{another}")).Status);

        Assert.Equal(204, (await CallAsync(faked, devices[0], HttpMethod.Post, "/auth/logout?everywhere=true")).Status);
        foreach (Answer device in devices)
        {
            Assert.Equal(401, (await faked.Host.GetAsync("/auth/me", device.AccessToken)).Status);
            Assert.Equal((400, "invalid_grant"), await RefreshAsync(faked, device));
        }

        Assert.Equal(200, (await faked.Host.GetAsync("/auth/me", bob.AccessToken)).Status);
    }

    [Fact]
    public async Task Logout_ends_bearer_and_refresh_token_and_may_be_repeated()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer ada = await faked.ExchangeAsync("google", "access_token", Ada);

        Assert.Equal(204, (await CallAsync(faked, ada, HttpMethod.Post, "/auth/logout")).Status);
        Assert.Equal(204, (await CallAsync(faked, ada, HttpMethod.Post, "/auth/logout")).Status);

        Assert.Equal(401, (await faked.Host.GetAsync("/auth/me", ada.AccessToken)).Status);
        Assert.Equal((400, "invalid_grant"), await RefreshAsync(faked, ada));
    }

    [Fact]
    public async Task A_deleted_account_leaves_no_row_and_its_identity_opens_a_new_one()
    {
        await using FakedHost faked = await FakedHost.StartAsync([new("Cambio:Pipeline", KeepingTokens)]);
        Answer ada = await faked.ExchangeAsync("google", "code", Ada);
        await LinkAsync(faked, ada, "github", "access_token", Countess);
        await CallAsync(faked, ada, HttpMethod.Patch, "/auth/me", new { name = "Countess" });
        Assert.Equal((1, 2, 2), (Rows(faked, "users"), Rows(faked, "logins"), Rows(faked, "provider_tokens")));

        Answer deleted = await CallAsync(faked, ada, HttpMethod.Delete, "/auth/me");

        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        Assert.All(faked.Host.Rows(), table => Assert.Equal((table.Key, 0L), (table.Key, table.Value)));
        Assert.Single(faked.Fakes.Simulator.Calls, call => call is { Provider: "google", Endpoint: "revocation", Status: 200 });
        Assert.Equal(401, (await faked.Host.GetAsync("/auth/me", ada.AccessToken)).Status);
        Assert.Equal(401, (await CallAsync(faked, ada, HttpMethod.Delete, "/auth/me")).Status);
        Assert.Equal((400, "invalid_grant"), await RefreshAsync(faked, ada));

        Answer back = await faked.ExchangeAsync("google", "access_token", Ada);
        Assert.True(back.Json.GetProperty("is_new_user").GetBoolean());
        Assert.NotEqual(ada.UserId, back.UserId);
        Assert.NotEqual("Countess", back.Json.GetProperty("user").GetProperty("name").GetString());
    }

    private static Task<Answer> LinkAsync(FakedHost faked, Answer caller, string provider, string kind, MintOptions user)
    {
        IEnumerable<KeyValuePair<string, string>> members =
            from member in FakedHost.Body(kind, faked.Fakes[provider].Mint(user))
            where member.Item2 is not null
            select KeyValuePair.Create(member.Item1, member.Item2);
        return CallAsync(faked, caller.AccessToken, HttpMethod.Post, $"/auth/{provider}/link", new FormUrlEncodedContent(members));
    }

    private static Task<Answer> CallAsync(FakedHost faked, Answer caller, HttpMethod method, string path, object? body = null) =>
        CallAsync(faked, caller.AccessToken, method, path, body is null ? null : JsonContent.Create(body));

    private static async Task<Answer> CallAsync(FakedHost faked, string? bearer, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        return await Answer.ReadAsync(await faked.Host.Client.SendAsync(request));
    }

    private static async Task<(int Status, string? Error)> RefreshAsync(FakedHost faked, Answer answer)
    {
        Answer refused = await faked.Host.PostFormAsync(
            "/auth/token", ("grant_type", "refresh_token"), ("refresh_token", answer.Json.GetProperty("refresh_token").GetString()));
        return (refused.Status, refused.Error);
    }

    private static long Rows(FakedHost faked, string table) =>
        faked.Host.Rows().Single(entry => entry.Key.EndsWith(table, StringComparison.Ordinal)).Value;
}
