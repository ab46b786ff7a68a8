using Mono.Cecil;

namespace Cambio.Tests.House;

/// <summary>One type of ours looks into another: <paramref name="Room"/> and <paramref name="IntoRoom"/> are empty at the root.</summary>
internal sealed record Look(string Type, string Room, string Into, string IntoRoom)
{
    /// <summary>Every look that the types of a module take at types of ours.</summary>
    public static IEnumerable<Look> AllOf(ModuleDefinition module) =>
        from type in module.Types
        from target in TypeReferences.Of(type)
        let seen = Modules.Outermost(target)
        where Modules.PlaceOf(seen) is not null && seen.FullName != type.FullName
        select new Look(type.FullName, RoomOf(type), seen.FullName, RoomOf(seen));

    public override string ToString() => $"{Type} looks into {Into}";

    private static string RoomOf(TypeReference type) => Modules.PlaceOf(type) is [var room, ..] ? room : "";
}
