using Mono.Cecil;

namespace Cambio.Tests.House;

/// <summary>Holds the looks that were taken against a plan of walls.</summary>
internal static class Breaches
{
    /// <summary>The looks out of a room that its row of the plan does not allow.</summary>
    public static IEnumerable<Look> OutOf(
        string room, IReadOnlyDictionary<string, string[]> rooms, IReadOnlyCollection<string> vocabulary, IEnumerable<Look> looks) =>
        looks.Where(look => look.Room == room && look.IntoRoom != room
            && (look.IntoRoom.Length == 0
                ? !vocabulary.Contains(look.Into)
                : look.IntoRoom != Plan.OpenRoom && !rooms[room].Contains(look.IntoRoom)));

    /// <summary>The looks of an assembly into rooms that are closed to it.</summary>
    public static IEnumerable<Look> Into(IReadOnlyCollection<string> closedRooms, IEnumerable<Look> looks) =>
        looks.Where(look => closedRooms.Contains(look.IntoRoom));

    /// <summary>The shared words, with the settings and every type at the root that they are made of.</summary>
    public static IReadOnlySet<string> Vocabulary(ModuleDefinition core)
    {
        var words = new HashSet<string>(Plan.Vocabulary);
        var open = new Queue<TypeDefinition>([core.GetType("Cambio.CambioOptions")]);
        while (open.TryDequeue(out TypeDefinition? options))
        {
            if (words.Add(options.FullName))
            {
                options.Properties.Select(p => core.GetType(p.PropertyType.FullName)).OfType<TypeDefinition>().ToList().ForEach(open.Enqueue);
            }
        }

        return words;
    }
}
