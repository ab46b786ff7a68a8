using System.Text.RegularExpressions;

namespace Cambio.Tests.House;

/// <summary>A name says what a type is; these say only that somebody did not know.</summary>
public sealed partial class Names
{
    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Rule.HasNoOffender(
            from module in Modules.All
            from type in module.GetTypes()
            where Modules.PlaceOf(type) is not null && !type.Name.Contains('<', StringComparison.Ordinal) && Empty().IsMatch(type.Name)
            select type.FullName);

    [Theory]
    [InlineData("TokenManager", true)]
    [InlineData("IAccountService", true)]
    [InlineData("StringUtils", true)]
    [InlineData("StoreBase`1", true)]
    [InlineData("CambioServiceCollectionExtensions", false)]
    [InlineData("Database", false)]
    public void The_rule_knows_such_a_name(string name, bool refused) => Assert.Equal(refused, Empty().IsMatch(name));

    [GeneratedRegex("(Manager|Helpers?|Utils?|Service|Processor|Strategy|Base)(`[0-9]+)?$")]
    private static partial Regex Empty();
}
