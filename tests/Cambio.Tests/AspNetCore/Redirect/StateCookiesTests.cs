using Cambio.AspNetCore.Redirect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using SameSite = Microsoft.Net.Http.Headers.SameSiteMode;

namespace Cambio.Tests.AspNetCore.Redirect;

public sealed class StateCookiesTests
{
    private readonly StateRoom room = new();

    [Fact]
    public void A_browser_brings_back_what_it_was_given()
    {
        RedirectState state = room.State();

        Result<RedirectState> found = Find(room.Keep(state), state);

        Assert.Equal(state, found.Value);
    }

    [Fact]
    public void Several_tabs_at_once_do_not_disturb_each_other()
    {
        RedirectState[] states = [.. "0123456789abcdef"[..8].Select(digit => room.State(digit))];
        string cookies = string.Join("; ", states.Select(state => room.Keep(state)));

        Assert.All(states, state => Assert.Equal(state, Find(cookies, state).Value));
    }

    // RED-032
    [Theory]
    [InlineData("https://api.example.com", "Production", false, true, SameSite.Lax)]
    [InlineData("https://api.example.com", "Production", true, true, SameSite.None)]
    [InlineData("https://api.example.com", "Development", true, true, SameSite.None)]
    [InlineData("http://127.0.0.1:5080", "Production", false, true, SameSite.Lax)]
    [InlineData("http://api.example.com", "Development", false, true, SameSite.Lax)]
    [InlineData("http://127.0.0.1:5080", "Development", false, false, SameSite.Lax)]
    [InlineData("http://localhost:5080", "Development", true, false, SameSite.Lax)]
    [InlineData("http://[::1]:5080", "Development", true, false, SameSite.Lax)]
    public void The_cookie_is_as_hard_as_it_can_be(string address, string environment, bool crossSitePost, bool secure, SameSite sameSite)
    {
        var other = new StateRoom(address, environment);

        SetCookieHeaderValue cookie = Assert.Single(other.Given(other.State(), crossSitePost));

        Assert.Equal(secure ? "__Host-cambio-state-aaaaaaaaaaaa" : "cambio-state-aaaaaaaaaaaa", cookie.Name.Value);
        Assert.Equal((secure, true, sameSite, "/"), (cookie.Secure, cookie.HttpOnly, cookie.SameSite, cookie.Path.Value));
        Assert.Equal(TimeSpan.FromMinutes(10), cookie.MaxAge);
        Assert.False(cookie.Domain.HasValue);
        Assert.InRange(cookie.ToString().Length, 1, 4095);
        Assert.DoesNotContain("verifier", cookie.Value.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_and_a_state_that_fit_into_no_cookie_are_refused()
    {
        HttpContext context = room.Call();

        ExchangeError? refusal = room.Cookies.Keep(context, room.State() with { ReturnUrl = new string('u', 2000), FrontEndState = new string('"', 512) }, crossSitePost: false);

        Assert.Equal(("invalid_request", "state_too_long"), (refusal?.Code, refusal?.Reason));
        Assert.Empty(StateRoom.Set(context));
    }

    [Theory]
    [InlineData(2000, 0)]
    [InlineData(1500, 512)]
    public void A_long_address_or_a_long_state_fits(int url, int state)
    {
        SetCookieHeaderValue cookie = Assert.Single(room.Given(room.State() with { ReturnUrl = new string('u', url), FrontEndState = new string('&', state) }));

        Assert.InRange(cookie.ToString().Length, 1, 4095);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 1)]
    [InlineData(12, 4)]
    public void The_oldest_are_taken_back_when_there_are_too_many(int kept, int taken)
    {
        string[] names = [.. Enumerable.Range(0, kept).Select(static i => $"__Host-cambio-state-{i:x12}")];

        IReadOnlyList<SetCookieHeaderValue> set = room.Given(room.State(), cookies: $"own=1; {string.Join("; ", names.Select(static name => $"{name}=v"))}");

        Assert.Equal(names[..taken].Order(), set.SkipLast(1).Select(static cookie => cookie.Name.Value).Order());
        Assert.All(set.SkipLast(1), static cookie => Assert.True(cookie is { Secure: true, Expires.Year: 1970 }));
    }

    [Fact]
    public void The_oldest_are_taken_back_when_they_are_too_long_together()
    {
        string value = new('v', 3000);

        IReadOnlyList<SetCookieHeaderValue> set = room.Given(
            room.State(), cookies: $"__Host-cambio-state-00000000000a={value}; __Host-cambio-state-00000000000b={value}; __Host-cambio-state-00000000000c={value}");

        Assert.Equal(["__Host-cambio-state-00000000000a", "__Host-cambio-state-00000000000b"], set.SkipLast(1).Select(static cookie => cookie.Name.Value).Order());
    }

    [Fact]
    public void A_cookie_is_taken_back_with_its_own_attributes()
    {
        RedirectState state = room.State();
        RedirectState kept = Find(room.Keep(state, crossSitePost: true), state).Value!;
        HttpContext context = room.Call();

        room.Cookies.Forget(context, kept);

        SetCookieHeaderValue cookie = Assert.Single(StateRoom.Set(context));
        Assert.Equal(("__Host-cambio-state-aaaaaaaaaaaa", "", 1970), (cookie.Name.Value, cookie.Value.Value, cookie.Expires?.Year));
        Assert.Equal((true, true, SameSite.None, "/"), (cookie.Secure, cookie.HttpOnly, cookie.SameSite, cookie.Path.Value));
        Assert.Null(cookie.MaxAge);
    }

    public static TheoryData<string, string> Failures => new()
    {
        { "none", "state_missing" },
        { "empty", "state_missing" },
        { "short", "state_malformed" },
        { "long", "state_malformed" },
        { "upper case", "state_malformed" },
        { "no hex", "state_malformed" },
        { "huge", "state_malformed" },
        { "no cookie", "state_cookie_missing" },
        { "cookie of another transaction", "state_cookie_missing" },
        { "plain name", "state_cookie_missing" },
        { "garbage", "state_cookie_unreadable" },
        { "empty cookie", "state_cookie_missing" },
        { "padded", "state_cookie_unreadable" },
        { "cut", "state_cookie_unreadable" },
        { "other keys", "state_cookie_unreadable" },
        { "same beginning", "state_mismatch" },
        { "another provider", "state_of_another_provider" },
        { "provider in capitals", "state_of_another_provider" },
        { "expired", "state_expired" },
    };

    // RED-001, RED-002, RED-003, RED-007
    [Theory]
    [MemberData(nameof(Failures))]
    public void A_callback_without_a_good_state_is_refused_with_a_reason_and_a_hint(string failure, string reason)
    {
        RedirectState state = room.State();
        string cookie = room.Keep(state);
        string name = cookie[..cookie.IndexOf('=', StringComparison.Ordinal)];
        string? sent = state.State;
        string provider = "acme";
        switch (failure)
        {
            case "none": sent = null; break;
            case "empty": sent = ""; break;
            case "short": sent = sent[1..]; break;
            case "long": sent += "a"; break;
            case "upper case": sent = sent.ToUpperInvariant(); break;
            case "no hex": sent = new string('g', 64); break;
            case "huge": sent = new string('a', 10 * 1024); break;
            case "no cookie": cookie = "other=1"; break;
            case "cookie of another transaction": sent = new string('b', 64); break;
            case "plain name": cookie = cookie["__Host-".Length..]; break;
            case "garbage": cookie = $"{name}=garbage"; break;
            case "empty cookie": cookie = $"{name}="; break;
            case "padded": cookie += "="; break;
            case "cut": cookie = cookie[..^4]; break;
            case "other keys":
                cookie = new StateRoom().Keep(state);
                break;
            case "same beginning": sent = $"{sent[..^1]}b"; break;
            case "another provider": provider = "other"; break;
            case "provider in capitals": provider = "ACME"; break;
            default: room.Time.Advance(RedirectState.Lifetime); break;
        }

        Result<RedirectState> found = room.Cookies.Find(room.Call(cookie), provider, sent);

        Assert.Equal(("invalid_state", reason), (found.Error?.Code, found.Error?.Reason));
        Assert.NotEmpty(found.Error!.Hint!);
        Assert.DoesNotContain("aaaaaaaa", found.Error.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_that_share_a_key_ring_share_the_states()
    {
        var keys = new EphemeralDataProtectionProvider();
        var one = new StateRoom(keys: keys);
        var two = new StateRoom(keys: keys);
        RedirectState state = one.State();

        Assert.Equal(state, two.Cookies.Find(two.Call(one.Keep(state)), "acme", state.State).Value);
    }

    [Fact]
    public void A_start_at_another_host_explains_the_cookie_that_does_not_come()
    {
        var loopback = new StateRoom("http://127.0.0.1:5080", "Development");
        HttpContext start = loopback.Call();
        start.Request.Host = new HostString("localhost:5080");
        Assert.Null(loopback.Cookies.Keep(start, loopback.State(), crossSitePost: false));

        Result<RedirectState> found = loopback.Cookies.Find(loopback.Call(), "acme", loopback.State().State);

        Assert.Contains("begun at http://localhost:5080", found.Error?.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example\r\nx")]
    [InlineData("a b")]
    [InlineData("user@evil.example")]
    [InlineData("")]
    public void A_host_that_is_none_is_not_repeated(string host)
    {
        HttpContext call = room.Call();
        call.Request.Headers.Host = host;

        Result<RedirectState> found = room.Cookies.Find(call, "acme", room.State().State);

        Assert.Contains("an unreadable host", found.Error?.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_in_another_script_is_known_by_its_ascii_form()
    {
        var idn = new StateRoom("https://xn--bcher-kva.example");

        Result<RedirectState> found = idn.Cookies.Find(idn.Call(), "acme", idn.State().State);

        Assert.Contains("no cookie at all", found.Error?.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void It_never_prints_what_it_holds() => Assert.DoesNotContain("verifier", $"{room.State()}", StringComparison.Ordinal);


    private Result<RedirectState> Find(string cookies, RedirectState state) => room.Cookies.Find(room.Call(cookies), state.Provider, state.State);
}
