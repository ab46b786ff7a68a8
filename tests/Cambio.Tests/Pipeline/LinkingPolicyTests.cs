using Cambio.Pipeline;

namespace Cambio.Tests.Pipeline;

/// <summary>The whole table: every combination of facts is covered by exactly one row.</summary>
public sealed class LinkingPolicyTests
{
    // linking | login | trusted e-mail | who has the address | LinkByEmail | UnprovenAccount | sign-up -> decision; * is any, a/b is either.
    private const string Table = """
        yes | Nobody       | * | * | * | * | * -> LinkToCurrentUser
        yes | CurrentUser  | * | * | * | * | * -> SignIn
        yes | SomebodyElse | * | * | * | * | * -> RefuseIdentityInUse
        no  | CurrentUser/SomebodyElse | * | * | * | * | * -> SignIn

        no | Nobody | yes | Nobody | * | * | yes -> Create
        no | Nobody | yes | Nobody | * | * | no  -> RefuseSignup
        no | Nobody | yes | Proven | Verified | * | * -> LinkByEmail
        no | Nobody | yes | Proven | Ask | * | * -> RefuseLinkRequired
        no | Nobody | yes | ProvenWithLoginHere | Verified/Ask | * | * -> RefuseLinkRequired
        no | Nobody | yes | Proven/ProvenWithLoginHere | Never | * | yes -> CreateWithoutEmail
        no | Nobody | yes | Proven/ProvenWithLoginHere | Never | * | no  -> RefuseSignup
        no | Nobody | yes | Unproven/SeveralUnproven | Never | * | yes -> Create
        no | Nobody | yes | Unproven/SeveralUnproven | Never | * | no  -> RefuseSignup
        no | Nobody | yes | Unproven/SeveralUnproven | Verified/Ask | Separate | yes -> Create
        no | Nobody | yes | Unproven/SeveralUnproven | Verified/Ask | Separate | no  -> RefuseSignup
        no | Nobody | yes | Unproven/SeveralUnproven | Verified/Ask | Ask | * -> RefuseLinkRequired
        no | Nobody | yes | Unproven | Verified/Ask | TakeOver | * -> TakeOver
        no | Nobody | yes | SeveralUnproven | Verified/Ask | TakeOver | * -> RefuseLinkRequired

        no | Nobody | no | Nobody/Unproven/SeveralUnproven | * | * | yes -> Create
        no | Nobody | no | Nobody/Unproven/SeveralUnproven | * | * | no  -> RefuseSignup
        no | Nobody | no | Proven/ProvenWithLoginHere | Ask | * | * -> RefuseLinkRequired
        no | Nobody | no | Proven/ProvenWithLoginHere | Verified/Never | * | yes -> CreateWithoutEmail
        no | Nobody | no | Proven/ProvenWithLoginHere | Verified/Never | * | no  -> RefuseSignup
        """;

    private static readonly (string[][] Cells, LinkingDecision Decision)[] Rows = [.. Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split("->", StringSplitOptions.TrimEntries))
        .Select(parts => (
            parts[0].Split('|', StringSplitOptions.TrimEntries).Select(cell => cell.Split('/')).ToArray(),
            Enum.Parse<LinkingDecision>(parts[1])))];

    public static IEnumerable<LinkingFacts> AllFacts() =>
        from linking in new[] { true, false }
        from login in Enum.GetValues<LoginOwner>()
        from trusted in new[] { true, false }
        from owner in Enum.GetValues<EmailMatch>()
        from linkByEmail in Enum.GetValues<LinkByEmail>()
        from unproven in Enum.GetValues<UnprovenAccount>()
        from signUp in new[] { true, false }
        select new LinkingFacts(linking, login, trusted, owner, linkByEmail, unproven, signUp);

    [Fact]
    public void Decides_every_combination_as_the_one_row_of_the_table_that_covers_it()
    {
        var wrong = new List<string>();
        foreach (LinkingFacts facts in AllFacts())
        {
            LinkingDecision[] rows = [.. Rows.Where(r => Covers(r.Cells, facts)).Select(r => r.Decision)];
            if (rows is not [var expected] || expected != LinkingPolicy.Decide(facts))
            {
                wrong.Add($"{facts}: table [{string.Join(", ", rows)}], policy {LinkingPolicy.Decide(facts)}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(2 * 3 * 2 * 5 * 3 * 3 * 2, AllFacts().Count());
    }

    [Fact]
    public void Links_by_email_only_when_provider_and_account_both_proved_the_address()
    {
        foreach (LinkingFacts facts in AllFacts().Where(f => LinkingPolicy.Decide(f) == LinkingDecision.LinkByEmail))
        {
            Assert.True(facts is { EmailIsTrusted: true, Owner: EmailMatch.Proven, LinkByEmail: LinkByEmail.Verified, IsLinking: false });
        }
    }

    private static bool Covers(string[][] cells, LinkingFacts facts)
    {
        string[] values =
        [
            YesNo(facts.IsLinking), facts.Login.ToString(), YesNo(facts.EmailIsTrusted), facts.Owner.ToString(),
            facts.LinkByEmail.ToString(), facts.UnprovenAccount.ToString(), YesNo(facts.SignUp),
        ];
        return cells.Zip(values).All(pair => pair.First.Contains("*") || pair.First.Contains(pair.Second));
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
