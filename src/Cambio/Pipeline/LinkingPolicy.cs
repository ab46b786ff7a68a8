namespace Cambio.Pipeline;

/// <summary>Decides which account an identity leads to. A pure function from facts: no clock, no store, no settings beside them.</summary>
public static class LinkingPolicy
{
    /// <summary>The decision for these facts.</summary>
    /// <param name="facts">All that counts.</param>
    public static LinkingDecision Decide(LinkingFacts facts) => facts switch
    {
        { IsLinking: true, Login: LoginOwner.Nobody } => LinkingDecision.LinkToCurrentUser,
        { IsLinking: true, Login: LoginOwner.CurrentUser } => LinkingDecision.SignIn,
        { IsLinking: true } => LinkingDecision.RefuseIdentityInUse,
        { Login: not LoginOwner.Nobody } => LinkingDecision.SignIn,
        { EmailIsTrusted: true } => ForTrustedEmail(facts),
        _ => ForUnprovenEmail(facts),
    };

    // The provider knows that the user holds the address.
    private static LinkingDecision ForTrustedEmail(LinkingFacts facts) => facts switch
    {
        { Owner: EmailMatch.Nobody } => Create(facts, LinkingDecision.Create),

        // A second identity of one provider on one account would be a recycled address (ASVS 6.8.1), never the same person for sure.
        { Owner: EmailMatch.Proven, LinkByEmail: LinkByEmail.Verified } => LinkingDecision.LinkByEmail,
        { Owner: EmailMatch.Proven or EmailMatch.ProvenWithLoginHere, LinkByEmail: LinkByEmail.Never } => Create(facts, LinkingDecision.CreateWithoutEmail),
        { Owner: EmailMatch.Proven or EmailMatch.ProvenWithLoginHere } => LinkingDecision.RefuseLinkRequired,

        // The account may have been opened by somebody who waits for the holder of the address to come.
        { LinkByEmail: LinkByEmail.Never } or { UnprovenAccount: UnprovenAccount.Separate } => Create(facts, LinkingDecision.Create),
        { Owner: EmailMatch.Unproven, UnprovenAccount: UnprovenAccount.TakeOver } => LinkingDecision.TakeOver,
        _ => LinkingDecision.RefuseLinkRequired,
    };

    // The address proves nothing, so it may neither link nor stand beside the one who proved it.
    private static LinkingDecision ForUnprovenEmail(LinkingFacts facts) => facts switch
    {
        { Owner: EmailMatch.Proven or EmailMatch.ProvenWithLoginHere, LinkByEmail: LinkByEmail.Ask } => LinkingDecision.RefuseLinkRequired,
        { Owner: EmailMatch.Proven or EmailMatch.ProvenWithLoginHere } => Create(facts, LinkingDecision.CreateWithoutEmail),
        _ => Create(facts, LinkingDecision.Create),
    };

    private static LinkingDecision Create(LinkingFacts facts, LinkingDecision how) =>
        facts.SignUp ? how : LinkingDecision.RefuseSignup;
}

/// <summary>Everything that <see cref="LinkingPolicy"/> looks at.</summary>
/// <param name="IsLinking">A signed-in user asked to link the identity.</param>
/// <param name="Login">Whose the identity is.</param>
/// <param name="EmailIsTrusted">The provider says that the address is verified, and is trusted for it.</param>
/// <param name="Owner">Who has the address.</param>
/// <param name="LinkByEmail">The setting <c>Cambio:Accounts:LinkByEmail</c>.</param>
/// <param name="UnprovenAccount">The setting <c>Cambio:Accounts:UnprovenAccount</c>.</param>
/// <param name="SignUp">New accounts may be opened.</param>
public readonly record struct LinkingFacts(
    bool IsLinking, LoginOwner Login, bool EmailIsTrusted, EmailMatch Owner, LinkByEmail LinkByEmail, UnprovenAccount UnprovenAccount, bool SignUp);

/// <summary>Whose an identity is.</summary>
public enum LoginOwner
{
    /// <summary>It is linked to no account.</summary>
    Nobody,

    /// <summary>It is linked to the signed-in user.</summary>
    CurrentUser,

    /// <summary>It is linked to an account that is not the signed-in user's.</summary>
    SomebodyElse,
}

/// <summary>Who has an e-mail address.</summary>
public enum EmailMatch
{
    /// <summary>No account, or the identity has no address.</summary>
    Nobody,

    /// <summary>An account that proved it.</summary>
    Proven,

    /// <summary>An account that proved it and has another identity of the same provider.</summary>
    ProvenWithLoginHere,

    /// <summary>One account that never proved it.</summary>
    Unproven,

    /// <summary>Several accounts that never proved it.</summary>
    SeveralUnproven,
}

/// <summary>What becomes of an identity.</summary>
public enum LinkingDecision
{
    /// <summary>The account that it is linked to.</summary>
    SignIn,

    /// <summary>It is linked to the signed-in user.</summary>
    LinkToCurrentUser,

    /// <summary>It is linked to the account that proved the same address.</summary>
    LinkByEmail,

    /// <summary>The account with the unproven address is wiped, and the holder of the address gets a new one.</summary>
    TakeOver,

    /// <summary>A new account.</summary>
    Create,

    /// <summary>A new account, the address left out.</summary>
    CreateWithoutEmail,

    /// <summary>409 <c>identity_in_use</c>.</summary>
    RefuseIdentityInUse,

    /// <summary>409 <c>link_required</c>.</summary>
    RefuseLinkRequired,

    /// <summary>403 <c>signup_disabled</c>.</summary>
    RefuseSignup,
}
