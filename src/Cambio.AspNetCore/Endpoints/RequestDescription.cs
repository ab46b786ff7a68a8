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
internal sealed record RequestDescription(Type Body, params string[] ContentTypes)
{
    public const string Form = "application/x-www-form-urlencoded";
}

/// <summary>Describes the parameters of a query string for OpenAPI, where an endpoint reads it by itself.</summary>
/// <param name="Parameters">What each means, by name.</param>
internal sealed record QueryDescription(IReadOnlyDictionary<string, string> Parameters);

/// <summary>The members of an exchange, for OpenAPI. Exactly one of the first five.</summary>
internal sealed record ExchangeForm(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("id_token")] string? IdToken,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("ticket")] string? Ticket,
    [property: JsonPropertyName("link_code")] string? LinkCode,
    [property: JsonPropertyName("redirect_uri")] string? RedirectUri,
    [property: JsonPropertyName("code_verifier")] string? CodeVerifier,
    [property: JsonPropertyName("nonce")] string? Nonce,
    [property: JsonPropertyName("user")] string? User);

/// <summary>The parameters of the token endpoint, for OpenAPI.</summary>
internal sealed record TokenForm(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("code_verifier")] string? CodeVerifier,
    [property: JsonPropertyName("redirect_uri")] string? RedirectUri,
    [property: JsonPropertyName("subject_token")] string? SubjectToken,
    [property: JsonPropertyName("subject_token_type")] string? SubjectTokenType,
    [property: JsonPropertyName("subject_issuer")] string? SubjectIssuer,
    [property: JsonPropertyName("nonce")] string? Nonce,
    [property: JsonPropertyName("client_id")] string? ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret);

/// <summary>The parameters of revocation and introspection, for OpenAPI.</summary>
internal sealed record PresentedTokenForm(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("token_type_hint")] string? TokenTypeHint,
    [property: JsonPropertyName("client_id")] string? ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret);

/// <summary>What users may set of their profile, for OpenAPI. Null or empty clears.</summary>
internal sealed record ProfileForm(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("given_name")] string? GivenName,
    [property: JsonPropertyName("family_name")] string? FamilyName,
    [property: JsonPropertyName("preferred_username")] string? PreferredUsername,
    [property: JsonPropertyName("picture")] string? Picture,
    [property: JsonPropertyName("locale")] string? Locale);

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

    public static RouteHandlerBuilder ProducesOAuthRefusals(this RouteHandlerBuilder door, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
        {
            door.Produces<OAuthError>(status);
        }

        return door;
    }
}
