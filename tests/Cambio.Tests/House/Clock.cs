using Mono.Cecil;

namespace Cambio.Tests.House;

/// <summary>Time comes from <see cref="TimeProvider"/>, chance from <see cref="System.Security.Cryptography.RandomNumberGenerator"/>.</summary>
public sealed class Clock
{
    public static TheoryData<string, string> Forbidden => new()
    {
        { "System.DateTime", "get_Now" },
        { "System.DateTime", "get_UtcNow" },
        { "System.DateTime", "get_Today" },
        { "System.DateTimeOffset", "get_Now" },
        { "System.DateTimeOffset", "get_UtcNow" },
        { "System.Guid", "NewGuid" },
        { "System.Threading.Thread", "Sleep" },
        { "System.Random", ".ctor" },
        { "System.Random", "get_Shared" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void The_product_never_calls(string type, string method) =>
        Rule.HasNoOffender(Modules.All.SelectMany(module => Callers(module, type, method)));

    [Fact]
    public void A_call_is_seen_where_there_is_one()
    {
        using var tests = ModuleDefinition.ReadModule(typeof(Clock).Assembly.Location);
        Assert.Contains(Callers(tests, "System.Guid", "NewGuid"), caller => caller.Contains(nameof(Unpredictable), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Callers(ModuleDefinition module, string type, string method) =>
        from found in Modules.Instructions(module)
        where found.Instruction.Operand is MethodReference called && called.DeclaringType.FullName == type && called.Name == method
        select found.Method.FullName;

    private static Guid Unpredictable() => Guid.NewGuid();
}
