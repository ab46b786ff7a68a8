namespace Cambio.Tests.House;

/// <summary>Forbids what the product or this file really does, and sees it reported: proof that <see cref="Walls"/> is able to fail.</summary>
public sealed class WallsCanFail
{
    [Fact]
    public void A_look_into_a_room_that_is_not_in_the_row_is_reported() =>
        Assert.Contains(
            Breaches.OutOf("Tokens", new Dictionary<string, string[]> { ["Tokens"] = [] }, [], Look.AllOf(Modules.Core)),
            look => look is { Type: "Cambio.Tokens.ITokenIssuer", Into: "Cambio.Storage.Account" });

    [Fact]
    public void A_look_at_the_corridor_is_reported()
    {
        Look atTheCorridor = new("Cambio.Tokens.ITokenIssuer", "Tokens", "Cambio.ExchangeRequest", "");
        Assert.Equal([atTheCorridor], Breaches.OutOf("Tokens", Plan.Rooms, Breaches.Vocabulary(Modules.Core), [atTheCorridor]));
    }

    [Fact]
    public void A_look_out_of_a_closed_room_is_reported() =>
        Assert.Contains(Breaches.Into(["Storage"], Look.AllOf(Modules.Core)), look => look.Type == "Cambio.Tokens.ITokenIssuer");

    [Theory]
    [InlineData(typeof(Uri), "base type of a generic")]
    [InlineData(typeof(IFormattable), "interface")]
    [InlineData(typeof(Version), "field")]
    [InlineData(typeof(Guid), "parameter")]
    [InlineData(typeof(DayOfWeek), "return value in an array")]
    [InlineData(typeof(System.ComponentModel.DescriptionAttribute), "attribute")]
    [InlineData(typeof(LoaderOptimization), "attribute's argument")]
    [InlineData(typeof(OperatingSystem), "static call in a body")]
    [InlineData(typeof(TimeZoneInfo), "call in a lambda's closure")]
    [InlineData(typeof(System.Text.Encoder), "generic argument of a call")]
    [InlineData(typeof(System.Text.Rune), "call in an async method after an await")]
    [InlineData(typeof(System.Globalization.CultureNotFoundException), "caught exception")]
    [InlineData(typeof(ICloneable), "constraint of a type parameter")]
    [InlineData(typeof(System.Text.Decoder), "type in a nested type")]
    public void A_mention_is_found_wherever_it_stands(Type mentioned, string place)
    {
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(typeof(Mentions).Assembly.Location);
        Assert.True(
            TypeReferences.Of(module.GetType(typeof(Mentions).FullName)).Any(type => type.FullName == mentioned.FullName),
            $"A {place} is overlooked.");
    }
}
