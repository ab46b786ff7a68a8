using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class SigningKeysTests : IdTokenRoom
{
    private const string Keys = "GET /id.example/keys";

    private static readonly TestKey Next = TestKey.Rsa("k3");

    private string Token => Key.Sign(With(Claims, "exp", $"{Rooms.Now + 3600}"));

    private string NextToken => Next.Sign(Claims);

    [Fact]
    public async Task Asks_for_the_keys_once_an_hour()
    {
        await AcceptedAsync(Token);
        await AcceptedAsync(Token);
        Rooms.Time.Advance(TimeSpan.FromMinutes(59));
        await AcceptedAsync(Token);
        Assert.Equal(1, Fake.Count(Keys));

        Rooms.Time.Advance(TimeSpan.FromMinutes(1));
        await AcceptedAsync(Token);
        Assert.Equal(2, Fake.Count(Keys));
    }

    [Fact]
    public async Task Asks_once_for_all_who_wait()
    {
        var gate = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        Fake.On(Keys, _ =>
        {
            arrived.TrySetResult();
            return FakeAnswer.Json(TestKey.Document(Key)) with { Gate = gate.Task };
        });

        Task<Result<Authorization>>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => VerifyAsync(Token))];
        await arrived.Task;
        gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), result => Assert.Null(result.Error));
        Assert.Equal(1, Fake.Count(Keys));
    }

    [Fact]
    public async Task Goes_on_for_the_others_when_one_who_waits_leaves()
    {
        var gate = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        Fake.On(Keys, _ =>
        {
            arrived.TrySetResult();
            return FakeAnswer.Json(TestKey.Document(Key)) with { Gate = gate.Task };
        });
        Provider provider = SampleProvider.At(Fake, SampleProvider.OpenId);
        using var leaving = new CancellationTokenSource();

        Task<Result<Authorization>> first = Rooms.Get<CredentialVerifier>().VerifyAsync(provider, new IdToken(Token), leaving.Token);
        Task<Result<Authorization>> second = VerifyAsync(Token);
        await arrived.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Null((await second).Error);
        Assert.Equal(1, Fake.Count(Keys));
    }

    [Fact]
    public async Task Finds_a_new_key_with_one_more_call()
    {
        await AcceptedAsync(Token);
        Fake.On(Keys, TestKey.Document(Key, Next));

        await AcceptedAsync(NextToken);
        await AcceptedAsync(Token);

        Assert.Equal(2, Fake.Count(Keys));
    }

    [Fact]
    public async Task Forgets_a_key_that_is_no_longer_published()
    {
        await AcceptedAsync(Token);
        Fake.On(Keys, TestKey.Document(Next));
        Rooms.Time.Advance(TimeSpan.FromHours(1));

        await RefusedAsync(Token, "signing_key_unknown");
    }

    [Fact]
    public async Task Asks_at_most_every_30_seconds_for_keys_that_callers_invent()
    {
        await AcceptedAsync(Token);
        for (int i = 0; i < 20; i++)
        {
            await RefusedAsync(Key.Sign(Claims, $$"""{"alg":"RS256","kid":"invented-{{i}}"}"""), "signing_key_unknown");
        }

        Assert.Equal(2, Fake.Count(Keys));
        Rooms.Time.Advance(TimeSpan.FromSeconds(30));
        Fake.On(Keys, TestKey.Document(Key, Next));
        await AcceptedAsync(NextToken);
        Assert.Equal(3, Fake.Count(Keys));
    }

    public static TheoryData<string, int, string> BadDocuments => new()
    {
        { "down", 500, "x" },
        { "busy", 429, "{}" },
        { "gone", 404, "{}" },
        { "empty object", 200, "{}" },
        { "no keys", 200, """{"keys":[]}""" },
        { "keys without substance", 200, """{"keys":[{"kty":"RSA","kid":"k1"},{"kty":"EC"},1,null,{}]}""" },
        { "page", 200, "<html>log in</html>" },
        { "array", 200, "[]" },
        { "cut off", 200, """{"keys":[{"kty":"RSA",""" },
        { "too large", 200, $$"""{"keys":[{{Key.Jwk}}],"x":"{{new string('x', 256 * 1024)}}"}""" },
        { "redirect", 302, "" },
    };

    [Theory]
    [MemberData(nameof(BadDocuments))]
    public async Task Keeps_good_keys_for_an_hour_when_a_new_document_cannot_be_had(string name, int status, string body)
    {
        _ = name;
        await AcceptedAsync(Token);
        Fake.On(Keys, FakeAnswer.Json(body, status));

        Rooms.Time.Advance(TimeSpan.FromMinutes(61));
        await AcceptedAsync(Token);
        Rooms.Time.Advance(TimeSpan.FromMinutes(58));
        await AcceptedAsync(Token);
        Rooms.Time.Advance(TimeSpan.FromMinutes(2));
        Result<Authorization> late = await VerifyAsync(Token);
        Assert.Contains(late.Error?.Code, new[] { ErrorCodes.TemporarilyUnavailable, ErrorCodes.ProviderError });

        Fake.On(Keys, TestKey.Document(Key));
        Rooms.Time.Advance(TimeSpan.FromSeconds(30));
        await AcceptedAsync(Token);
    }

    [Fact]
    public async Task Does_not_ask_for_each_token_while_the_endpoint_is_down()
    {
        await AcceptedAsync(Token);
        Fake.On(Keys, FakeAnswer.Json("", 503));
        Rooms.Time.Advance(TimeSpan.FromMinutes(61));

        for (int i = 0; i < 10; i++)
        {
            await AcceptedAsync(Token);
        }

        Assert.Equal(2, Fake.Count(Keys));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_that_the_provider_is_down_rather_than_that_the_token_is_bad(bool warm)
    {
        if (warm)
        {
            await AcceptedAsync(Token);
        }

        Fake.On(Keys, FakeAnswer.Json("", 503));
        for (int i = 0; i < 2; i++)
        {
            Result<Authorization> result = await VerifyAsync(NextToken);
            Assert.Equal(ErrorCodes.TemporarilyUnavailable, result.Error?.Code);
            Assert.NotNull(result.Error?.RetryAfter);
        }

        Rooms.Time.Advance(TimeSpan.FromSeconds(30));
        Fake.On(Keys, TestKey.Document(Key, Next));
        await AcceptedAsync(NextToken);
    }

    [Fact]
    public async Task Gives_a_silent_endpoint_up()
    {
        var arrived = new TaskCompletionSource();
        Fake.On(Keys, _ =>
        {
            arrived.TrySetResult();
            return FakeAnswer.Json("") with { Gate = new TaskCompletionSource().Task };
        });

        Task<Result<Authorization>> waiting = VerifyAsync(Token);
        await arrived.Task;
        Rooms.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(ErrorCodes.TemporarilyUnavailable, (await waiting).Error?.Code);
    }

    [Fact]
    public async Task Takes_a_token_without_key_id_where_only_one_key_fits()
    {
        await AcceptedAsync(Key.Sign(Claims, """{"alg":"RS256"}"""));
        await AcceptedAsync(Curve.Sign(Claims, """{"alg":"ES256"}"""));
    }

    [Fact]
    public async Task Refuses_a_token_without_key_id_where_several_keys_fit()
    {
        Fake.On(Keys, TestKey.Document(Key, Next, Curve));

        await RefusedAsync(Key.Sign(Claims, """{"alg":"RS256"}"""), "signing_key_unknown");
        await RefusedAsync(Next.Sign(Claims, """{"alg":"RS256"}"""), "signing_key_unknown");
    }
}
