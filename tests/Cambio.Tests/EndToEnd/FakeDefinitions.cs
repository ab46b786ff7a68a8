using System.Text;
using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.EndToEnd;

/// <summary>Providers that no catalogue has.</summary>
internal static class FakeDefinitions
{
    public static ProviderDefinition Intra { get; } = Read("""
        {
          "name": "Intra",
          "authorizationEndpoint": "https://intra.example/authorize",
          "tokenEndpoint": "https://intra.example/token",
          "userinfo": { "profile": { "url": "https://intra.example/api/me" } },
          "claims": { "sub": "data.uid", "name": ["data.full_name", "data.login"], "email": "data.mail" }
        }
        """);

    public static Dictionary<string, CatalogCase> IntraCases { get; } = Case("""
        {
          "source": "https://intra.example/docs",
          "answers": {
            "token": { "access_token": "{access_token}", "token_type": "bearer" },
            "profile": { "data": { "uid": 4711, "full_name": "Ada Lovelace", "login": "ada", "mail": "ada@example.com" } }
          },
          "identity": { "sub": "4711", "name": "Ada Lovelace", "email": "ada@example.com" }
        }
        """);

    /// <summary>Everybody has the same handle there.</summary>
    public static ProviderDefinition Handles { get; } = Read("""
        {
          "name": "Handles",
          "authorizationEndpoint": "https://handles.example/authorize",
          "tokenEndpoint": "https://handles.example/token",
          "userinfo": { "profile": { "url": "https://handles.example/me" } },
          "claims": { "sub": "id", "preferred_username": "=same" }
        }
        """);

    public static Dictionary<string, CatalogCase> HandlesCases { get; } = Case("""
        {
          "source": "https://handles.example/docs",
          "answers": { "token": { "access_token": "{access_token}", "token_type": "bearer" }, "profile": { "id": "user-4711" } },
          "identity": { "sub": "user-4711", "preferred_username": "same" }
        }
        """);

    private static ProviderDefinition Read(string json) => ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(json), "test").Definition!;

    private static Dictionary<string, CatalogCase> Case(string json) => new() { ["default"] = CaseJson.Read(Encoding.UTF8.GetBytes(json)) };
}
