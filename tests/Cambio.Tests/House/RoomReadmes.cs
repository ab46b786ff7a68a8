namespace Cambio.Tests.House;

public sealed class RoomReadmes
{
    private const int LongestReadme = 10;

    public static TheoryData<string> Rooms =>
        [.. Repository.FilesIn("src/Cambio", "").Select(file => file.Split('/')).Where(path => path.Length > 3).Select(path => path[2]).Distinct()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_says_on_its_door_what_it_owns_and_where_it_may_look(string room)
    {
        string[] lines = Repository.ReadLines($"src/Cambio/{room}/README.md");
        Assert.InRange(lines.Length, 1, LongestReadme);
        Assert.All(["Owns", "May look into", "Never"], word => Assert.Contains(word, string.Join('\n', lines), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_door_tells_the_plan(string room)
    {
        string line = Repository.ReadLines($"src/Cambio/{room}/README.md").Single(l => l.Contains("May look into", StringComparison.Ordinal));
        Assert.Equal(Plan.Rooms[room].Order(), Plan.Rooms.Keys.Where(other => other != Plan.OpenRoom && line.Contains(other, StringComparison.Ordinal)).Order());
    }
}
