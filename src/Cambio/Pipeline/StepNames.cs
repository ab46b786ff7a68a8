using Cambio.Providers;

namespace Cambio.Pipeline;

/// <summary>The names of the built-in steps, and what makes a list of steps contradictory.</summary>
public static class StepNames
{
    /// <summary>Refuses identities outside <c>AllowedEmails</c> and <c>AllowedDomains</c>.</summary>
    public const string CheckAllowed = "check-allowed";

    /// <summary>Finds the account that the identity is linked to.</summary>
    public const string FindLogin = "find-login";

    /// <summary>Links the identity to the signed-in user.</summary>
    public const string LinkCurrentUser = "link-current-user";

    /// <summary>Links the identity to the account that proved the same address.</summary>
    public const string LinkByEmail = "link-by-email";

    /// <summary>Opens an account. Without it, sign-up is closed.</summary>
    public const string CreateUser = "create-user";

    /// <summary>Writes the link, or notes its use.</summary>
    public const string SaveLogin = "save-login";

    /// <summary>Brings the profile up to date.</summary>
    public const string UpdateProfile = "update-profile";

    /// <summary>Keeps the provider's own tokens, where asked for.</summary>
    public const string SaveProviderTokens = "save-provider-tokens";

    /// <summary>
    /// Asks whoever has no account yet and comes from a provider that gave no address for one, and has it confirmed by a code sent there
    /// through the <see cref="IEmailSender"/>. Not in the default list.
    /// </summary>
    public const string RequireEmail = "require-email";

    /// <summary>Asks whoever has not accepted the terms' version <c>Cambio:Accounts:Terms</c> to do so. Not in the default list.</summary>
    public const string RequireTerms = "require-terms";

    /// <summary>Each built-in step with the steps that it must come after when both are there.</summary>
    private static readonly (string Step, string[] After)[] Order =
    [
        (LinkCurrentUser, [FindLogin]),
        (RequireEmail, [FindLogin, LinkCurrentUser]),

        // Both judge the address that require-email brings.
        (CheckAllowed, [RequireEmail]),
        (LinkByEmail, [FindLogin, LinkCurrentUser, RequireEmail]),
        (CreateUser, [FindLogin, LinkCurrentUser, RequireEmail, LinkByEmail]),
        (RequireTerms, [FindLogin, LinkCurrentUser, LinkByEmail, CreateUser]),
        (SaveLogin, [FindLogin, LinkCurrentUser, LinkByEmail, CreateUser]),
        (UpdateProfile, [FindLogin, LinkCurrentUser, LinkByEmail, CreateUser]),
        (SaveProviderTokens, [SaveLogin]),
    ];

    internal static TextList Parse(string pipeline) => TextList.Split(pipeline);

    /// <summary>What is wrong with a list of steps, each as a sentence with the fix.</summary>
    internal static IEnumerable<string> Mistakes(string pipeline, IReadOnlyCollection<string> known)
    {
        TextList names = Parse(pipeline);
        foreach (string name in names.Where(n => !known.Contains(n)).Distinct(StringComparer.Ordinal))
        {
            yield return $"Cambio:Pipeline names the step '{name}', which does not exist. Known are {string.Join(", ", known.Order(StringComparer.Ordinal))}; AddStep<T>(\"{name}\") adds one.";
        }

        foreach (string name in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            yield return $"Cambio:Pipeline names the step '{name}' twice; leave one.";
        }

        foreach (string name in new[] { FindLogin, SaveLogin }.Where(n => !names.Contains(n)))
        {
            yield return $"Cambio:Pipeline lacks '{name}', without which no account is found again; add it.";
        }

        List<string> list = [.. names];
        foreach ((string step, string[] after) in Order)
        {
            foreach (string earlier in after.Where(e => list.IndexOf(step) >= 0 && list.IndexOf(e) > list.IndexOf(step)))
            {
                yield return $"Cambio:Pipeline runs '{step}' before '{earlier}'; move '{step}' behind it.";
            }
        }
    }
}

/// <summary>A step that is registered, for the check of the list that names it.</summary>
/// <param name="Name">Its name.</param>
internal sealed record StepName(string Name);
