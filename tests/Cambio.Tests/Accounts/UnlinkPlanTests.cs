using Cambio.Accounts;
using Cambio.Storage;

namespace Cambio.Tests.Accounts;

public sealed class UnlinkPlanTests
{
    private static readonly UserRef Ada = new("u-ada");

    [Theory]
    [InlineData("a:1 b:1", "a", null, "a:1")]
    [InlineData("a:1 b:1", "b", "1", "b:1")]
    [InlineData("a:1 a:2 b:1", "a", null, "a:1 a:2")]
    [InlineData("a:1 a:2 b:1", "a", "2", "a:2")]
    [InlineData("a:1 a:2", "a", "1", "a:1")]
    [InlineData("a:x a:X", "a", "X", "a:X")]
    [InlineData("a:1", "a", null, "last_login_method")]
    [InlineData("a:1", "a", "1", "last_login_method")]
    [InlineData("a:1 a:2", "a", null, "last_login_method")]
    [InlineData("a:1", "a", "2", "not_found")]
    [InlineData("a:1 b:2", "b", "1", "not_found")]
    [InlineData("a:1 b:1", "c", null, "not_found")]
    [InlineData("a:1 b:1", "A", null, "not_found")]
    [InlineData("a:1 b:1", "", null, "not_found")]
    [InlineData("", "a", null, "not_found")]
    public void What_goes_is_what_was_named_and_never_the_last(string logins, string provider, string? subject, string expected)
    {
        Login[] all = Logins(logins);
        Result<UnlinkPlan> plan = UnlinkPlan.Decide(all, provider, subject);

        Assert.Equal(expected, plan.IsSuccess ? Text(plan.Value.Leaving) : plan.Error.Code);
        if (plan.IsSuccess)
        {
            Assert.Equal(all.Except(plan.Value.Leaving), plan.Value.Staying);
        }
    }

    [Theory]
    [InlineData("a:1 b:1", "a", null, "a:*")]
    [InlineData("a:1 a:2 b:1", "a", null, "a:*")]
    [InlineData("a:1 a:2", "a", "1", "a:1")]
    [InlineData("a:1 a:2 b:1", "b", "1", "b:*")]
    public void The_sessions_that_an_identity_opened_go_with_it_and_those_of_no_known_identity_with_the_providers_last(
        string logins, string provider, string? subject, string expected)
    {
        SessionFilter[] sessions = [.. UnlinkPlan.Decide(Logins(logins), provider, subject).Value!.Sessions(Ada, except: "mine")];

        Assert.Equal(expected, string.Join(' ', sessions.Select(filter => $"{filter.Provider}:{filter.Subject ?? "*"}")));
        Assert.All(sessions, static filter => Assert.Equal((Ada, "mine"), (filter.User, filter.Except)));
    }

    [Theory]
    [InlineData("ada@example.com", "ada@example.com", null, false)]
    [InlineData("ada@example.com", "ADA@Example.com", "other@example.com", false)]
    [InlineData("ada@example.com", "ada@example.com", "Ada@Example.Com", true)]
    [InlineData("ada@example.com", "other@example.com", null, true)]
    [InlineData("ada@example.com", null, null, true)]
    [InlineData(null, null, null, true)]
    public void An_address_is_proven_no_longer_when_the_login_that_had_it_goes(string? mine, string? leaving, string? staying, bool proven)
    {
        Login[] logins = [.. Logins("a:1 b:1").Zip([leaving, staying], static (login, email) => login with { Email = email })];
        var account = new Account { User = Ada, CreatedAt = default, Email = mine, EmailVerified = true, EmailProven = true };

        Account settled = UnlinkPlan.Decide(logins, "a", null).Value!.Settle(account);

        Assert.Equal(account with { EmailVerified = proven, EmailProven = proven }, settled);
    }

    private static Login[] Logins(string text) =>
    [
        .. from login in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           let parts = login.Split(':')
           select new Login(parts[0], parts[1], Ada, null, default, default),
    ];

    private static string Text(IEnumerable<Login> logins) => string.Join(' ', logins.Select(static login => $"{login.Provider}:{login.Subject}"));
}
