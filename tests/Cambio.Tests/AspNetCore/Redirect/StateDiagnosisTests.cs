using Cambio.AspNetCore.Redirect;

namespace Cambio.Tests.AspNetCore.Redirect;

public sealed class StateDiagnosisTests
{
    private const string Public = "https://api.example.com";
    private const string Loopback = "http://127.0.0.1:5080";

    public static TheoryData<string, string> Causes => new()
    {
        { "others", "has none for this state" },
        { "other host", "came to https://internal.example, but the public address is https://api.example.com" },
        { "unreadable host", "an unreadable host" },
        { "started elsewhere", "begun at http://localhost:5080 within the last 10 minutes. If it was this one: callbacks come to the public address http://127.0.0.1:5080" },
        { "http in production", "keep no Secure cookie" },
        { "post on loopback", "those need https" },
        { "post", "only providers whose definition says form_post" },
        { "http arrives", "Calls arrive by http" },
        { "other cookies", "none for this state: it was used before (reload, back button), is older" },
        { "no cookies", "sends no cookie at all" },
        { "another port", "sends no cookie at all" },
        { "others and another host", "has none for this state" },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void The_cause_of_a_missing_cookie_is_told_apart(string cause, string words)
    {
        CallbackEvidence evidence = cause switch
        {
            "others" => At(Public) with { HasOtherStates = true, HasCookies = true },
            "other host" => At(Public) with { CameTo = "https://internal.example" },
            "unreadable host" => At(Public) with { CameTo = null },
            "started elsewhere" => At(Loopback) with { IsPlain = true, StartedAt = "http://localhost:5080" },
            "http in production" => At("http://api.example.com"),
            "post on loopback" => At(Loopback) with { IsPlain = true, IsPost = true },
            "post" => At(Public) with { IsPost = true },
            "http arrives" => At(Public) with { CameTo = "http://api.example.com", StartedAt = "http://api.example.com" },
            "other cookies" => At(Public) with { HasCookies = true },
            "no cookies" => At(Public),
            "another port" => At(Loopback) with { IsPlain = true, StartedAt = "http://127.0.0.1:5081" },
            _ => At(Public) with { HasOtherStates = true, CameTo = "https://internal.example" },
        };

        Assert.Contains(words, StateDiagnosis.Hint(StateDiagnosis.CookieMissing, evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_has_a_hint_of_its_own()
    {
        string[] reasons =
        [
            StateDiagnosis.Missing, StateDiagnosis.Malformed, StateDiagnosis.Mismatch, StateDiagnosis.CookieMissing, StateDiagnosis.CookieUnreadable,
            StateDiagnosis.OfAnotherProvider, StateDiagnosis.Expired,
        ];

        Assert.Equal(reasons.Length, reasons.Select(static reason => StateDiagnosis.Hint(reason, At(Public))).Distinct().Count());
        Assert.All(reasons, static reason => Assert.EndsWith(".", StateDiagnosis.Hint(reason, At(Public)), StringComparison.Ordinal));
    }

    private static CallbackEvidence At(string address) => new() { PublicAddress = address, CameTo = address };
}
