namespace Cambio.Tests.House;

public sealed class Walls
{
    private static readonly Lazy<Look[]> InTheCore = new(() => [.. Look.AllOf(Modules.Core)]);

    public static TheoryData<string> Rooms => [.. Plan.Rooms.Keys];

    public static TheoryData<string> OuterAssemblies => [.. Plan.ClosedRooms.Keys.Intersect(Repository.Projects)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_looks_only_where_the_plan_lets_it(string room) =>
        Rule.HasNoOffender(Breaches.OutOf(room, Plan.Rooms, Breaches.Vocabulary(Modules.Core), InTheCore.Value));

    [Theory]
    [MemberData(nameof(OuterAssemblies))]
    public void An_outer_assembly_stays_out_of_closed_rooms(string assembly) =>
        Rule.HasNoOffender(Breaches.Into(Plan.ClosedRooms[assembly], Look.AllOf(Modules.Named(assembly))));

    [Fact]
    public void Every_room_stands_in_the_plan() =>
        Assert.Equal(
            Plan.Rooms.Keys.Order(),
            Modules.Core.Types.Select(type => Modules.PlaceOf(type) is [var room, ..] ? room : null).OfType<string>()
                .Union(Plan.Rooms.Keys.Where(room => Repository.FilesIn("src/Cambio/" + room, ".md").Any())).Order());

    [Fact]
    public void The_core_knows_neither_web_server_nor_database()
    {
        string[] allowed = ["Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.DataProtection.Abstractions", "Microsoft.AspNetCore.Cryptography.Internal"];
        Assert.DoesNotContain(
            Modules.Core.AssemblyReferences.Select(reference => reference.Name).Except(allowed),
            name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.Contains("EntityFrameworkCore", StringComparison.Ordinal));
    }
}
