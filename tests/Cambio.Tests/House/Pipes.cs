using Mono.Cecil;

namespace Cambio.Tests.House;

/// <summary>One pipe through each outer wall.</summary>
public sealed class Pipes
{
    private static readonly string[] HttpClients =
        ["System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.Json.HttpClientJsonExtensions", "System.Net.WebRequest"];

    private static readonly string[] HttpVerbs = ["Send", "Get", "Post", "Put", "Patch", "Delete", "Create"];

    private static readonly string[] Containers =
        ["Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.IHttpContextAccessor", "System.IServiceProvider"];

    [Fact]
    public void Calls_to_providers_go_out_through_one_type_only() =>
        Assert.Equal(["Cambio.Providers.ProviderHttp"], Callers(Modules.Core));

    [Fact]
    public void Nothing_else_calls_out() =>
        Rule.HasNoOffender(Modules.All.Where(module => module != Modules.Core && module.Name != "Cambio.Testing.dll").SelectMany(Callers));

    [Fact]
    public void Only_the_composition_root_takes_the_container_or_the_caller() =>
        Rule.HasNoOffender(
            from type in Modules.Core.GetTypes()
            from constructor in type.Methods.Where(method => method.IsConstructor)
            where !IsCompositionRoot(Modules.Outermost(type)) && constructor.Parameters.Any(p => Containers.Contains(p.ParameterType.FullName))
            select constructor.FullName);

    private static IEnumerable<string> Callers(ModuleDefinition module) =>
        (from found in Modules.Instructions(module)
         where found.Instruction.Operand is MethodReference called
             && HttpClients.Contains(called.DeclaringType.FullName)
             && HttpVerbs.Any(verb => called.Name.StartsWith(verb, StringComparison.Ordinal))
         select Modules.Outermost(found.Method.DeclaringType).FullName).Distinct();

    private static bool IsCompositionRoot(TypeDefinition type) =>
        type.FullName is "Cambio.CambioBuilder" or "Cambio.Pipeline.ExchangePipeline"
        || type.Name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal);
}
