using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Answers;

/// <summary>What buttons to show.</summary>
internal sealed record ProvidersAnswer([property: JsonPropertyName("providers")] IReadOnlyList<ProviderButton> Providers);

/// <summary>What a front end needs to send somebody to a provider.</summary>
internal sealed record ProviderButton(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("accepts")] IReadOnlyList<string> Accepts,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("authorization_endpoint")] string? AuthorizationEndpoint,
    [property: JsonPropertyName("scope")] string? Scope,
    [property: JsonPropertyName("icon")] string Icon);
