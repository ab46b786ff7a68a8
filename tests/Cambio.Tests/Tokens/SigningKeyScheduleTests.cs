using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class SigningKeyScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_key_signs_at_once()
    {
        SigningKeySchedule none = Schedule();

        Assert.True(none.NeedsKey(SigningAlgorithm.ES256, 9, Now));
        Assert.Equal(Now, none.ActiveFrom(Now));
        Assert.Null(none.Signing(Now));
        Assert.Empty(none.Published(Now));
        Assert.Empty(none.Spent(Now));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(89.999, false)]
    [InlineData(90, true)]
    [InlineData(400, true)]
    public void The_next_key_is_due_when_the_newest_is_ninety_days_old(double days, bool due) =>
        Assert.Equal(due, Schedule(Key(1, -500), Key(2, -days)).NeedsKey(SigningAlgorithm.ES256, 9, Now));

    [Fact]
    public void The_next_key_is_published_an_hour_before_it_signs() =>
        Assert.Equal(Now.AddHours(1), Schedule(Key(1, -90)).ActiveFrom(Now));

    [Theory]
    [InlineData("ES256", -10, 2, false)] // nothing changed
    [InlineData("RS256", -10, 2, true)] // started anew with another setting
    [InlineData("RS256", -10, 3, true)]
    [InlineData("RS256", 0.01, 2, false)] // the key is still announced
    [InlineData("RS256", 0, 2, true)] // and now it signs
    [InlineData("RS256", -10, 1, false)] // an instance that was started later wants it so
    [InlineData("RS256", -10, 0, false)]
    public void Another_setting_than_the_newest_keys_algorithm_makes_a_key_if_it_is_the_later_one_and_the_key_signs(
        string setting, double activeInDays, int seen, bool due) =>
        Assert.Equal(due, Schedule(Key(1, -30), Key(2, -10, activeInDays)).NeedsKey(Enum.Parse<SigningAlgorithm>(setting), seen, Now));

    [Theory]
    [InlineData(-1, "k2")]
    [InlineData(0, "k2")]
    [InlineData(0.01, "k1")]
    public void A_key_signs_from_its_time_on(double activeInDays, string signing) =>
        Assert.Equal(signing, Schedule(Key(1, -90), Key(2, 0, activeInDays)).Signing(Now)?.Id);

    [Fact]
    public void The_first_key_signs_when_the_clock_is_behind_that_of_its_maker() =>
        Assert.Equal("k1", Schedule(Key(1, 0.001), Key(2, 0.002)).Signing(Now)?.Id);

    [Theory]
    [InlineData(1, "k1 k2")]
    [InlineData(0, "k1 k2")]
    [InlineData(-24.99, "k1 k2")]
    [InlineData(-25, "k2")]
    [InlineData(-240, "k2")]
    public void A_replaced_key_stays_published_for_longer_than_any_token_lives(double replacedInHours, string published) =>
        Assert.Equal(published, Ids(Schedule(Key(1, -90), Key(2, -50) with { ActiveFrom = Now.AddHours(replacedInHours) }).Published(Now)));

    [Theory]
    [InlineData(-25, "")]
    [InlineData(-25.99, "")]
    [InlineData(-26, "k1")]
    [InlineData(-9000, "k1")]
    public void A_replaced_key_is_deleted_an_hour_after_it_is_no_longer_published_and_the_newest_never(double replacedInHours, string spent) =>
        Assert.Equal(spent, Ids(Schedule(Key(1, -500), Key(2, -400) with { ActiveFrom = Now.AddHours(replacedInHours) }).Spent(Now)));

    [Theory]
    [InlineData("k1:-90", "k1", "k1:signing")]
    [InlineData("k1:-90 k2:-0.01:0.03", "k1", "k1:signing k2:announced")]
    [InlineData("k1:-90 k2:-1", "k2", "k1:retiring k2:signing")]
    [InlineData("k1:-90 k2:-2", "k2", "k1:retired k2:signing")]
    [InlineData("k1:-90 k2:-30 k3:0:0.04", "k2", "k1:retired k2:signing k3:announced")]
    [InlineData("k1:-9:-9:0", null, "k1:retired")] // the only one
    [InlineData("k1:-9:-9:-9", null, "k1:retired")] // in the moment that it was made
    [InlineData("k1:-90 k2:-1:-1:0", null, "k1:retiring k2:retired")] // an older one, which was replaced, does not sign again
    [InlineData("k1:-90 k2:-1:-1:0 k3:0", "k3", "k1:retiring k2:retired k3:signing")]
    [InlineData("k1:-90 k2:-1:-1:0 k3:0.001", "k3", "k1:retiring k2:retired k3:signing")] // made by an instance whose clock is ahead
    [InlineData("k1:-90:-90:0 k2:-0.01:0.03", "k2", "k1:retired k2:signing")] // the announced one takes over
    [InlineData("k1:-90:-90:0 k2:-0.01:0.03:0", null, "k1:retired k2:retired")] // and if that is retired too, there is none
    [InlineData("k1:-90 k2:-0.01:0.03:0", "k1", "k1:signing k2:retired")] // retired while it was announced: as if it had never been
    [InlineData("k1:-90 k2:-2:-1.9:-1.95", "k1", "k1:signing k2:retired")] // also when its time would have come
    [InlineData("k1:-90 k2:-1:-1 k3:-0.5:-0.5", "k3", "k1:retiring k2:retiring k3:signing")]
    [InlineData("k1:-90:-90:0 k2:-1", "k2", "k1:retired k2:signing")] // one that no longer signed: the others stay as they are
    public void Every_key_stands_somewhere_and_at_most_one_signs(string keys, string? signing, string states)
    {
        SigningKeySchedule schedule = Schedule([.. keys.Split(' ').Select(Parse)]);

        Assert.Equal(signing, schedule.Signing(Now)?.Id);
        Assert.Equal(states, string.Join(' ', schedule.Keys.Select(key => $"{key.Id}:{schedule.StateOf(key, Now).ToString().ToLowerInvariant()}")));
        Assert.Equal(signing is null, schedule.NeedsKey(SigningAlgorithm.ES256, 9, Now) && schedule.ActiveFrom(Now) == Now);
        Assert.Equal(
            schedule.Keys.Where(key => schedule.StateOf(key, Now) != SigningKeyState.Retired).Select(static key => key.Id),
            schedule.Published(Now).Select(static key => key.Id));
        Assert.All(schedule.Spent(Now), key => Assert.Equal(SigningKeyState.Retired, schedule.StateOf(key, Now)));
    }

    [Theory]
    [InlineData("k1:-9:-9:-8", "")]
    [InlineData("k1:-9:-9:-8 k2:-8", "k1")]
    [InlineData("k1:-9:-9:-1 k2:-1", "")]
    [InlineData("k1:-90 k2:-5:-4:-4.5", "")]
    [InlineData("k1:-90 k2:-5:-4:-4.5 k3:-3", "k1 k2")]
    public void A_retired_key_is_deleted_when_another_has_signed_as_long_as_for_any_other(string keys, string spent) =>
        Assert.Equal(spent, Ids(Schedule([.. keys.Split(' ').Select(Parse)]).Spent(Now)));

    [Fact]
    public void Instances_that_are_set_differently_do_not_make_keys_in_turns()
    {
        var ring = new SimulatedRing(Key(1, 0));
        ring.Start("a", SigningAlgorithm.ES256);
        ring.Start("b", SigningAlgorithm.RS256);

        for (DateTimeOffset time = Now; time < Now.AddDays(80); time += TimeSpan.FromMinutes(30))
        {
            ring.List("a", time);
            ring.List("b", time);
        }

        Assert.Equal(2, ring.Made);
        Assert.Equal("RS256", ring.Schedule.Signing(Now.AddDays(80))?.Algorithm);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_one_key_signs_and_what_it_signed_is_verified_until_it_expires(int seed)
    {
        var chance = new Random(seed);
        var ring = new SimulatedRing(Key(1, 0));
        var signedLast = new Dictionary<string, DateTimeOffset>();
        ring.Start("a", SigningAlgorithm.ES256);
        ring.Start("b", SigningAlgorithm.ES256);
        for (DateTimeOffset time = Now; time < Now.AddDays(500); time += TimeSpan.FromMinutes(20))
        {
            if (chance.Next(700) == 0)
            {
                ring.Start(chance.Next(2) == 0 ? "a" : "b", (SigningAlgorithm)chance.Next(2));
            }

            bool isEmergency = chance.Next(2000) == 0;
            if (isEmergency)
            {
                ring.Retire(ring.Schedule.Keys[chance.Next(ring.Schedule.Keys.Count)].Id, time);
            }

            ring.List("a", time);
            ring.List("b", time);
            ProtectedSigningKey signing = Assert.IsType<ProtectedSigningKey>(ring.Schedule.Signing(time));
            string[] published = [.. ring.Schedule.Published(time).Select(static key => key.Id)];
            Assert.Null(signing.RetiredAt);
            Assert.Contains(signing.Id, published);
            Assert.True(isEmergency || signedLast.Count == 0 || signedLast.ContainsKey(signing.Id) || signing.CreatedAt + SigningKeySchedule.AnnounceFor <= time);
            signedLast[signing.Id] = time;
            Assert.All(
                signedLast.Where(key => key.Value + TimeSpan.FromDays(1) > time && !ring.Retired.Contains(key.Key)),
                key => Assert.Contains(key.Key, published));
            Assert.InRange(ring.Schedule.Keys.Count, 1, 8);
        }

        Assert.InRange(ring.Made, 5, 200);
    }

    private static SigningKeySchedule Schedule(params ProtectedSigningKey[] keys) => new(keys);

    private static string Ids(IEnumerable<ProtectedSigningKey> keys) => string.Join(' ', keys.Select(static key => key.Id));

    private static ProtectedSigningKey Key(int sequence, double createdInDays, double? activeInDays = null, double? retiredInDays = null) => new(
        $"k{sequence}", sequence, "ES256", [], Now.AddDays(createdInDays), Now.AddDays(activeInDays ?? createdInDays),
        retiredInDays is { } days ? Now.AddDays(days) : null);

    // k2:made:active:retired, in days from now.
    private static ProtectedSigningKey Parse(string text)
    {
        string[] parts = text.Split(':');
        double[] days = [.. parts[1..].Select(day => double.Parse(day, System.Globalization.CultureInfo.InvariantCulture))];
        return Key(int.Parse(parts[0][1..], System.Globalization.CultureInfo.InvariantCulture), days[0], days.Length > 1 ? days[1] : null, days.Length > 2 ? days[2] : null);
    }

    /// <summary>What several instances make of one store, without keys that take their time to be made.</summary>
    private sealed class SimulatedRing(ProtectedSigningKey first)
    {
        private readonly Dictionary<string, (SigningAlgorithm Setting, int Seen)> instances = [];
        private List<ProtectedSigningKey> keys = [first];

        public SigningKeySchedule Schedule => new(keys);

        public HashSet<string> Retired { get; } = [];

        public int Made { get; private set; } = 1;

        public void Start(string instance, SigningAlgorithm setting) => instances[instance] = (setting, keys.Max(static key => key.Sequence));

        public void Retire(string id, DateTimeOffset now)
        {
            Retired.Add(id);
            keys = [.. keys.Select(key => key.Id == id ? key with { RetiredAt = key.RetiredAt ?? now } : key)];
        }

        public void List(string instance, DateTimeOffset now)
        {
            (SigningAlgorithm setting, int seen) = instances[instance];
            if (Schedule.NeedsKey(setting, seen, now))
            {
                int next = keys.Max(static key => key.Sequence) + 1;
                keys.Add(new($"k{next}", next, setting.ToString(), [], now, Schedule.ActiveFrom(now)));
                Made++;
            }

            keys = [.. keys.Except(Schedule.Spent(now))];
        }
    }
}
