using Cambio.Identities;
using Cambio.Storage;

namespace Cambio.Pipeline;

/// <summary>Gathers the facts of one exchange for <see cref="LinkingPolicy"/>.</summary>
internal static class Facts
{
    /// <summary>Facts before anybody looked at the address.</summary>
    public static LinkingFacts OfLogin(ExchangeContext context, AccountOptions options) => new(
        context.CurrentUser is not null,
        context switch
        {
            { IsLinked: false } => LoginOwner.Nobody,
            { CurrentUser: { } current } when context.Account?.User == current => LoginOwner.CurrentUser,
            _ => LoginOwner.SomebodyElse,
        },
        context.Identity.EmailTrusted,
        EmailMatch.Nobody,
        options.LinkByEmail,
        options.UnprovenAccount,
        options.SignUp);

    /// <summary>Facts with the address looked up, once an exchange.</summary>
    public static async Task<LinkingFacts> OfEmailAsync(ExchangeContext context, AccountOptions options, CancellationToken cancellationToken)
    {
        ExternalIdentity identity = context.Identity;
        context.EmailOwners ??= identity.Email is { } email
            ? await context.Store.Accounts.FindByEmailAsync(email, identity.Provider, cancellationToken)
            : [];
        return OfLogin(context, options) with { Owner = Match(context.EmailOwners) };
    }

    private static EmailMatch Match(IReadOnlyList<EmailOwner> owners) => owners switch
    {
        [] => EmailMatch.Nobody,
        [{ Account.EmailProven: true, HasLoginAtProvider: true }, ..] => EmailMatch.ProvenWithLoginHere,
        [{ Account.EmailProven: true }, ..] => EmailMatch.Proven,
        [_] => EmailMatch.Unproven,
        _ => EmailMatch.SeveralUnproven,
    };
}
