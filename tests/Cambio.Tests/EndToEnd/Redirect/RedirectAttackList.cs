using System.Reflection;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>No case of the list goes without a test.</summary>
public sealed class RedirectAttackList
{
    private static readonly string[] Cases =
    [
        "RED-001", "RED-002", "RED-003", "RED-004", "RED-005", "RED-007", "RED-009", "RED-012", "RED-013", "RED-015", "RED-016", "RED-018", "RED-019", "RED-021",
        "RED-022", "RED-023", "RED-024", "RED-025", "RED-027", "RED-028", "RED-029", "RED-030", "RED-031", "RED-032", "RED-036", "RED-037", "RED-038", "RED-040",
        "RED-041", "RED-042", "RED-043", "RED-044", "RED-046",
    ];

    [Fact]
    public void Every_case_has_a_test()
    {
        IEnumerable<string> played = typeof(RedirectAttackList).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .SelectMany(static method => method.GetCustomAttributes<AttackAttribute>())
            .Select(static attack => attack.Id);
        Assert.Equal(Cases, played.Distinct().Order(StringComparer.Ordinal));
    }
}
