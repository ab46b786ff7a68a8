using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;
using Cambio.Signals;
using Cambio.Storage;
using Cambio.Tests.Credentials;

namespace Cambio.Tests.Signals;

/// <summary>Requests signed with the client secret, and what deleting means.</summary>
public sealed class SignedRequests : SignalRoom
{
    private protected override SignalDefinition Definition { get; } = new() { Format = SignalFormat.SignedRequest, Effect = SignalEffect.Delete };

    private protected override ProviderDefinition Provider { get; } = new() { Name = "Example", TokenEndpoint = "https://id.example/token" };

    private SignalSource Deauthorize => Source(Definition with { Effect = SignalEffect.Revoke }, "deauthorize");

    private string Payload => $$"""{"algorithm":"HMAC-SHA256","issued_at":{{Now}},"user_id":"{{Ada}}"}""";

    [Fact]
    public async Task Revokes()
    {
        SignalReceipt receipt = await AcceptedAsync(Sign(Payload), Deauthorize);

        Assert.Null(receipt.ConfirmationCode);
        Assert.Equal(["s-bob", "s-eve"], Open);
        Assert.Equal(["example bob-at-example", "other ada-at-example"], Kept);
        Assert.Equal((3, "revoke deauthorize"), (Store.Logins.Count, Audit.Last.Reason));
    }

    [Fact]
    public async Task Deletes_an_account_with_its_last_login()
    {
        await AcceptedAsync(Sign(Payload));

        Assert.Equal(["bob@example.com", "eve@example.com"], Store.Accounts.Select(account => account.Email).Order());
        Assert.Equal(["s-bob", "s-eve"], Store.Sessions.Select(session => session.Id).Order());
        Assert.Equal(["example bob-at-example", "other ada-at-example"], Kept);
    }

    [Fact]
    public async Task Of_an_account_with_another_login_deletes_what_it_has_from_there()
    {
        Account zoe = await AddAsync("zoe", ("example", "zoe-1", "s-zoe-1"), ("other", "zoe-2", "s-zoe-2"));

        await AcceptedAsync(Sign(With(Payload, "user_id", "\"zoe-1\"")));

        Account left = Store.Accounts.Single(account => account.User == zoe.User);
        Assert.Equal(("https://example.com/face.png", null, null, null), (left.Picture, left.Name, left.Email, left.PreferredUsername));
        Assert.Equal((false, false, null), (left.EmailVerified, left.EmailProven, left.ProfileSource));
        Assert.Equal(["zoe-2"], Store.Logins.Where(login => login.User == zoe.User).Select(login => login.Subject));
        Assert.Equal(["s-ada", "s-bob", "s-eve", "s-zoe-2"], Open);
    }

    [Fact]
    public async Task Keeps_the_address_that_another_login_has_too()
    {
        Account zoe = await AddAsync("zoe", ("example", "zoe-1", "s-zoe-1"), ("other", "zoe-2", "s-zoe-2"));
        await ChangeAsync((transaction, ct) => transaction.Accounts.UpdateLoginAsync(new Login("other", "zoe-2", zoe.User, "ZOE@example.com", Time.GetUtcNow(), Time.GetUtcNow()), ct));

        await AcceptedAsync(Sign(With(Payload, "user_id", "\"zoe-1\"")));

        Account left = Store.Accounts.Single(account => account.User == zoe.User);
        Assert.Equal(("zoe@example.com", true, null), (left.Email, left.EmailProven, left.Name));
    }

    [Fact]
    public async Task Takes_what_may_have_filled_gaps_of_a_profile_that_came_from_elsewhere()
    {
        Account zoe = await AddAsync("zoe", ("other", "zoe-2", "s-zoe-2"), ("example", "zoe-1", "s-zoe-1"));

        await AcceptedAsync(Sign(With(Payload, "user_id", "\"zoe-1\"")));

        Account after = Store.Accounts.Single(account => account.User == zoe.User);
        Assert.Equal((zoe.PreferredUsername, zoe.ProfileSource, zoe.Picture, null), (after.PreferredUsername, after.ProfileSource, after.Picture, after.Name));
        Assert.Equal(["zoe-2"], Store.Logins.Where(login => login.User == zoe.User).Select(login => login.Subject));
    }

    [Fact]
    public async Task Says_that_and_when_it_was_carried_out()
    {
        DateTimeOffset then = Time.GetUtcNow();
        string code = (await AcceptedAsync(Sign(Payload))).ConfirmationCode!;
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Matches("^[0-9a-f]{32}$", code);
        Assert.Equal(then, (await ConfirmationAsync(code)).Value);
        Assert.Equal(then, (await ConfirmationAsync(code)).Value);
        Assert.Equal(ErrorCodes.NotFound, (await ConfirmationAsync(code, Source(name: "elsewhere"))).Error?.Code);
        Assert.Equal(ErrorCodes.NotFound, (await ConfirmationAsync(new string('0', 32))).Error?.Code);
        Assert.Equal(ErrorCodes.NotFound, (await ConfirmationAsync("")).Error?.Code);
    }

    [Fact]
    public async Task Sent_again_changes_nothing_and_is_confirmed_by_the_same_code()
    {
        string token = Sign(Payload);
        DateTimeOffset then = Time.GetUtcNow();
        string first = (await AcceptedAsync(token)).ConfirmationCode!;
        Time.Advance(TimeSpan.FromHours(1));
        await AddAsync("ada2", ("example", Ada, "s-ada-2"));

        string second = (await AcceptedAsync(token)).ConfirmationCode!;

        Assert.Equal((first, then), (second, (await ConfirmationAsync(second)).Value));
        Assert.Equal(["s-ada-2", "s-bob", "s-eve"], Open);
        Assert.Equal("signal_replayed", Audit.Last.Reason);
    }

    [Fact]
    public async Task The_same_request_counts_at_each_address()
    {
        string token = Sign(Payload);

        await AcceptedAsync(token, Deauthorize);
        await AcceptedAsync(token);

        Assert.DoesNotContain(Store.Logins, login => login is { Provider: "example", Subject: Ada });
    }

    [Fact]
    public async Task Confirms_to_delete_a_user_whom_nobody_knows_alike()
    {
        string code = (await AcceptedAsync(Sign(With(Payload, "user_id", "\"nobody\"")))).ConfirmationCode!;

        Assert.Equal(Time.GetUtcNow(), (await ConfirmationAsync(code)).Value);
        Assert.Equal((3, null), (Store.Accounts.Count, Audit.Last.UserId));
    }

    [Theory]
    [InlineData("algorithm", "", "algorithm")]
    [InlineData("algorithm", "\"none\"", "algorithm")]
    [InlineData("algorithm", "\"HMAC-SHA1\"", "algorithm")]
    [InlineData("issued_at", "", "times")]
    [InlineData("issued_at", "\"1772366400\"", "times")]
    [InlineData("issued_at", "1772366461", "not_yet_valid")]
    [InlineData("issued_at", "1772279940", "stale")]
    [InlineData("user_id", "", "subject_missing")]
    [InlineData("user_id", "\"\"", "subject_missing")]
    [InlineData("user_id", "{}", "subject_missing")]
    [InlineData("user_id", "0", "subject_missing")]
    public async Task Refuses_a_payload_that_lacks_something(string member, string json, string reason) =>
        await RefusedAsync(Sign(With(Payload, member, json)), $"signed_request_{reason}");

    [Fact]
    public async Task Refuses_another_secret() => await RefusedAsync(Sign(Payload, "another-secret"), "signed_request_signature");

    [Fact]
    public async Task Refuses_what_a_page_got_at_a_sign_in() =>
        await RefusedAsync(Sign(With(Payload, "code", "\"AQB-code\""), Secret), "signed_request_of_a_login");

    [Fact]
    public async Task Refuses_everything_where_there_is_no_secret()
    {
        await RefusedAsync(Sign(Payload, ""), "signed_request_secret", Source(secret: null));
        await RefusedAsync(Sign(Payload, ""), "signed_request_secret", Source(secret: ""));
    }

    [Fact]
    public async Task Refuses_a_signature_over_another_payload() =>
        await RefusedAsync($"{Sign(Payload).Split('.')[0]}.{Sign(With(Payload, "user_id", "\"bob-at-example\"")).Split('.')[1]}", "signed_request_signature");

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("abc")]
    [InlineData("abc.")]
    [InlineData("ab=.e30")]
    [InlineData("abc.e30.e30")]
    public async Task Refuses_what_is_no_signed_request(string token) => await RefusedAsync(token, "signed_request_malformed");

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"algorithm":"HMAC-SHA256","user_id":"a","user_id":"b"}""")]
    public async Task Refuses_a_signed_text_that_is_no_object(string payload) => await RefusedAsync(Sign(payload), "signed_request_malformed");

    [Fact]
    public async Task Refuses_a_short_signature() => await RefusedAsync($"{Sign(Payload)[..20]}.{Sign(Payload).Split('.')[1]}", "signed_request_signature");

    private static string Sign(string payload, string secret = Secret)
    {
        string text = TestKey.Encode(payload);
        return $"{TestKey.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text)))}.{text}";
    }
}
