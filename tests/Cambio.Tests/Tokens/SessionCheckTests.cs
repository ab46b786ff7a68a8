using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

/// <summary>What each value of <c>Cambio:Tokens:SessionCheck</c> promises, and what it costs.</summary>
public sealed class SessionCheckTests
{
    [Theory]
    // seconds: after the session was no longer good
    [InlineData(SessionCheck.AtExpiry, "ended", 0, true)]
    [InlineData(SessionCheck.AtExpiry, "ended", 60, true)]
    [InlineData(SessionCheck.AtExpiry, "disabled", 60, true)]
    [InlineData(SessionCheck.WithinSeconds, "ended", 0, true)]
    [InlineData(SessionCheck.WithinSeconds, "ended", 5, false)]
    [InlineData(SessionCheck.WithinSeconds, "disabled", 5, false)]
    [InlineData(SessionCheck.WithinSeconds, "deleted", 5, false)]
    [InlineData(SessionCheck.WithinSeconds, "nothing", 60, true)]
    [InlineData(SessionCheck.AtOnce, "ended", 0, false)]
    [InlineData(SessionCheck.AtOnce, "disabled", 0, false)]
    [InlineData(SessionCheck.AtOnce, "deleted", 0, false)]
    [InlineData(SessionCheck.AtOnce, "nothing", 60, true)]
    public async Task When_a_token_is_refused(SessionCheck check, string what, int seconds, bool taken)
    {
        using TokenRoom room = Room(check);
        IssuedToken token = await room.SignInAsync();
        Assert.True(await room.TakesBearerAsync(token.AccessToken));
        await (what switch
        {
            "ended" => room.EndAsync(token),
            "disabled" => room.DisableAsync(),
            "deleted" => room.DeleteAsync(),
            _ => Task.CompletedTask,
        });
        room.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(taken, await room.TakesBearerAsync(token.AccessToken));
    }

    [Theory]
    [InlineData(SessionCheck.AtExpiry, false, 0)]
    [InlineData(SessionCheck.WithinSeconds, false, 2)]
    [InlineData(SessionCheck.WithinSeconds, true, 2)]
    [InlineData(SessionCheck.AtOnce, false, 20)]
    [InlineData(SessionCheck.AtOnce, true, 20)]
    public async Task What_twenty_calls_in_ten_seconds_ask_of_the_store(SessionCheck check, bool ended, int questions)
    {
        using TokenRoom room = Room(check);
        IssuedToken token = await room.SignInAsync();
        if (ended)
        {
            await room.EndAsync(token);
        }

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(!ended, await room.TakesBearerAsync(token.AccessToken));
            room.Time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal(questions, room.Desk.Questions);
    }

    [Fact]
    public async Task Sessions_are_told_apart()
    {
        using TokenRoom room = Room(SessionCheck.WithinSeconds);
        IssuedToken one = await room.SignInAsync();
        IssuedToken other = await room.SignInAsync();
        await room.EndAsync(one);

        Assert.False(await room.TakesBearerAsync(one.AccessToken));
        Assert.True(await room.TakesBearerAsync(other.AccessToken));
    }

    [Theory]
    [InlineData(SessionCheck.WithinSeconds)]
    [InlineData(SessionCheck.AtOnce)]
    public async Task An_outage_of_the_store_lets_nobody_in_and_is_not_remembered(SessionCheck check)
    {
        using TokenRoom room = Room(check);
        string token = (await room.SignInAsync()).AccessToken;
        room.Desk.IsClosed = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => room.TakesBearerAsync(token));
        room.Desk.IsClosed = false;

        Assert.True(await room.TakesBearerAsync(token));
    }

    [Fact]
    public async Task Without_the_check_an_outage_of_the_store_stops_no_call()
    {
        using TokenRoom room = Room(SessionCheck.AtExpiry);
        string token = (await room.SignInAsync()).AccessToken;
        room.Desk.IsClosed = true;

        Assert.True(await room.TakesBearerAsync(token));
    }

    [Theory]
    [InlineData(SessionCheck.AtExpiry, true)]
    [InlineData(SessionCheck.WithinSeconds, false)]
    [InlineData(SessionCheck.AtOnce, false)]
    public async Task A_token_without_a_session_is_refused_where_sessions_are_checked(SessionCheck check, bool taken)
    {
        using TokenRoom room = Room(check);
        SigningKey key = (await room.Ring.GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);

        Assert.Equal(taken, await room.TakesBearerAsync(AccessTokenValidatorTests.Forge(key, "nothing")));
    }

    [Theory]
    [MemberData(nameof(AccessTokenValidatorTests.Forgeries), MemberType = typeof(AccessTokenValidatorTests))]
    public async Task A_forged_token_costs_no_question(string forgery)
    {
        using TokenRoom room = Room(SessionCheck.AtOnce);
        SigningKey key = (await room.Ring.GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);

        Assert.False(await room.TakesBearerAsync(AccessTokenValidatorTests.Forge(key, forgery)));
        Assert.Equal(0, room.Desk.Questions);
    }

    private static TokenRoom Room(SessionCheck check) => new(configure: options => options.Tokens.SessionCheck = check);
}
