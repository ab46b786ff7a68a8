namespace Cambio.Testing.Simulation;

/// <summary>How a user of a simulated provider may be called.</summary>
internal static class PersonWords
{
    private const int LongestName = 100;
    private const int LongestEmail = 254;

    /// <summary>What is wrong, in a sentence; null for nothing.</summary>
    /// <param name="user">The name.</param>
    /// <param name="email">The address; null for one of the user's own.</param>
    public static string? Mistake(string? user, string? email) =>
        user is not { Length: > 0 and <= LongestName } || string.IsNullOrWhiteSpace(user) || user.Any(char.IsControl)
            ? $"user is a name of 1 to {LongestName} characters, such as ada."
        : email is not null && !IsAddress(email) ? "email is an address such as ada@example.com."
        : null;

    private static bool IsAddress(string email) =>
        email.Length <= LongestEmail && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && email.IndexOf('@') is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1;
}
