using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cambio.Tests.House;

/// <summary>The product's assemblies as Cecil reads them: what the compiler made, so that comments do not count.</summary>
internal static class Modules
{
    private static readonly Lazy<Dictionary<string, ModuleDefinition>> Loaded = new(() =>
        Repository.Projects.ToDictionary(name => name, Read));

    public static IReadOnlyCollection<ModuleDefinition> All => Loaded.Value.Values;

    public static ModuleDefinition Core => Named("Cambio");

    public static ModuleDefinition Named(string assembly) => Loaded.Value[assembly];

    /// <summary>Every type, nested and compiler-generated ones among them, all of its instructions, and the method they stand in.</summary>
    public static IEnumerable<(MethodDefinition Method, Instruction Instruction)> Instructions(ModuleDefinition module) =>
        from type in module.GetTypes()
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        select (method, instruction);

    /// <summary>The words of a type's namespace behind <c>Cambio</c>: none at the root, the room first, null when the type is not ours.</summary>
    public static string[]? PlaceOf(TypeReference type) => Outermost(type).Namespace.Split('.') is ["Cambio", .. string[] place] ? place : null;

    /// <summary>The type that a programmer wrote around a nested or compiler-generated one.</summary>
    public static T Outermost<T>(T type)
        where T : TypeReference
    {
        while (type.DeclaringType is T outer)
        {
            type = outer;
        }

        return type;
    }

    // Read whole at once: deferred reading is not safe for tests that run in parallel.
    private static ModuleDefinition Read(string name) => ModuleDefinition.ReadModule(
        Path.Combine(AppContext.BaseDirectory, name + ".dll"), new ReaderParameters(ReadingMode.Immediate));
}
