namespace Cambio.Tests.House;

/// <summary>Says who broke a rule: all of them, in full, one a line.</summary>
internal static class Rule
{
    public static void HasNoOffender<T>(IEnumerable<T> offenders)
    {
        string[] all = [.. offenders.Select(offender => offender?.ToString() ?? "").Distinct()];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
