using Cambio.Storage;

namespace Cambio.Accounts;

/// <summary>Which logins of an account go and which stay. Pure.</summary>
/// <param name="Leaving">Those that go; at least one.</param>
/// <param name="Staying">Those that stay; at least one, or nobody could sign in any more.</param>
internal sealed record UnlinkPlan(IReadOnlyList<Login> Leaving, IReadOnlyList<Login> Staying)
{
    /// <summary>The plan, <c>not_found</c> when there is no such login, or <c>last_login_method</c>.</summary>
    /// <param name="logins">All logins of the account.</param>
    /// <param name="provider">The provider to unlink.</param>
    /// <param name="subject">One identity there; null for all.</param>
    public static Result<UnlinkPlan> Decide(IReadOnlyList<Login> logins, string provider, string? subject)
    {
        ILookup<bool, Login> goes = logins.ToLookup(login => login.Provider == provider && (subject is null || login.Subject == subject));
        return !goes[true].Any() ? ExchangeError.NotFound("login_unknown")
            : !goes[false].Any() ? ExchangeError.LastLoginMethod()
            : new UnlinkPlan([.. goes[true]], [.. goes[false]]);
    }

    /// <summary>The sessions that the leaving identities opened, except one.</summary>
    public IEnumerable<SessionFilter> Sessions(UserRef user, string except) => Leaving.Select(login => new SessionFilter
    {
        User = user,
        Provider = login.Provider,

        // Sessions of earlier versions do not know their subject: they go with the provider's last login.
        Subject = Staying.Any(other => other.Provider == login.Provider) ? login.Subject : null,
        Except = except,
    }).Distinct();

    /// <summary>The account afterwards: its address is proven no longer when no login that stays has it, unless the user proved it to us.</summary>
    public Account Settle(Account account) =>
        !account.HasEdited("email")
        && Leaving.Any(login => EmailAddress.AreSame(login.Email, account.Email))
        && !Staying.Any(login => EmailAddress.AreSame(login.Email, account.Email))
            ? account with { EmailVerified = false, EmailProven = false }
            : account;
}
