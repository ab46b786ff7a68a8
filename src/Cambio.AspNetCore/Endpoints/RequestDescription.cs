using System.Text.Json.Serialization;
using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>
/// Describes a body for OpenAPI. Not ASP.NET Core's own metadata, which would also let routing refuse other content types, without a body.
/// </summary>
/// <param name="Body">A type with the body's members.</param>
/// <param name="ContentTypes">What it may be sent as.</param>
internal sealed record RequestDescription(Type Body, params string[] ContentTypes);

/// <summary>The members of an exchange, for OpenAPI. Exactly one of the first four.</summary>
internal sealed record ExchangeForm(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("id_token")] string? IdToken,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("ticket")] string? Ticket,
    [property: JsonPropertyName("redirect_uri")] string? RedirectUri,
    [property: JsonPropertyName("code_verifier")] string? CodeVerifier,
    [property: JsonPropertyName("nonce")] string? Nonce,
    [property: JsonPropertyName("user")] string? User);

/// <summary>The parameters of the token endpoint, for OpenAPI.</summary>
internal sealed record TokenForm(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken);

/// <summary>Describes refusals for OpenAPI.</summary>
internal static class RefusalDescription
{
    public static RouteHandlerBuilder ProducesRefusals(this RouteHandlerBuilder door, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
        {
            door.Produces<Problem>(status, "application/problem+json");
        }

        return door;
    }
}
