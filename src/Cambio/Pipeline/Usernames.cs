using System.Security.Cryptography;
using Cambio.Identities;

namespace Cambio.Pipeline;

/// <summary>Usernames for new users: from the provider, reduced to safe characters, then with random endings until one is free.</summary>
internal static class Usernames
{
    /// <summary>Candidates, best first; the last are free for all practical purposes.</summary>
    public static IEnumerable<string> For(ExternalIdentity identity)
    {
        string wish = UsernameText.Reduce(identity.PreferredUsername) ?? UsernameText.Reduce(identity.Name) ?? UsernameText.Reduce(identity.GivenName) ?? "user";
        yield return wish;
        for (int digits = 4; digits <= 16; digits += 4)
        {
            yield return $"{wish}-{RandomNumberGenerator.GetString("0123456789", digits)}";
        }
    }
}
