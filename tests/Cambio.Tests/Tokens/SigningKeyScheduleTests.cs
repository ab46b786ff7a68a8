using System.Security.Cryptography;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class SigningKeyScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_key_signs_at_once()
    {
        Assert.True(SigningKeySchedule.NeedsKey([], Now));
        Assert.Equal(Now, SigningKeySchedule.ActiveFrom([], Now));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(89.999, false)]
    [InlineData(90, true)]
    [InlineData(400, true)]
    public void The_next_key_is_due_when_the_newest_is_ninety_days_old(double days, bool due) =>
        Assert.Equal(due, SigningKeySchedule.NeedsKey([Key(1, -500), Key(2, -days)], Now));

    [Fact]
    public void The_next_key_is_published_an_hour_before_it_signs() =>
        Assert.Equal(Now.AddHours(1), SigningKeySchedule.ActiveFrom([Key(1, -90)], Now));

    [Theory]
    [InlineData(-1, "k2")]
    [InlineData(0, "k2")]
    [InlineData(0.01, "k1")]
    public void A_key_signs_from_its_time_on(double activeInDays, string signing) =>
        Assert.Equal(signing, SigningKeySchedule.Signing([Key(1, -90), Key(2, 0, activeInDays)], Now).Id);

    [Fact]
    public void The_first_key_signs_when_the_clock_is_behind_that_of_its_maker() =>
        Assert.Equal("k1", SigningKeySchedule.Signing([Key(1, 0.001), Key(2, 0.002)], Now).Id);

    [Theory]
    [InlineData(0.5, "k1 k2")]
    [InlineData(0, "k1 k2")]
    [InlineData(-1, "k1 k2")]
    [InlineData(-25d / 24, "k2")]
    [InlineData(-10, "k2")]
    public void A_replaced_key_stays_published_for_longer_than_any_token_lives(double replacedInDays, string published) =>
        Assert.Equal(published, string.Join(' ', SigningKeySchedule.Published([Key(1, -90), Key(2, -50, replacedInDays)], Now).Select(static key => key.Id)));

    private static SigningKey Key(int sequence, double createdInDays, double? activeInDays = null) => new(
        $"k{sequence}", sequence, Now.AddDays(createdInDays), Now.AddDays(activeInDays ?? createdInDays), ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
