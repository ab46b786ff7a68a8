using System.Text.Json.Serialization;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Answers;

/// <summary>What is known of a token, RFC 7662 2.2.</summary>
internal sealed record IntrospectionAnswer([property: JsonPropertyName("active")] bool Active)
{
    /// <summary>All that is told of any other token: forged, foreign, expired and revoked ones look alike.</summary>
    public static IntrospectionAnswer Inactive { get; } = new(Active: false);

    [JsonPropertyName("token_type")]
    public string? TokenType { get; init; }

    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("sub")]
    public string? Subject { get; init; }

    [JsonPropertyName("sid")]
    public string? SessionId { get; init; }

    [JsonPropertyName("iss")]
    public string? Issuer { get; init; }

    [JsonPropertyName("aud")]
    public string? Audience { get; init; }

    [JsonPropertyName("exp")]
    public long? ExpiresAt { get; init; }

    [JsonPropertyName("iat")]
    public long? IssuedAt { get; init; }

    [JsonPropertyName("jti")]
    public string? Id { get; init; }

    [JsonPropertyName("auth_time")]
    public long? AuthenticatedAt { get; init; }

    public static IntrospectionAnswer Of(ActiveToken token, TokenParties parties)
    {
        bool isAccessToken = token.Kind == "access_token";
        return new(Active: true)
        {
            // A refresh token is for us alone, and an API that looks for itself in "aud" must not take one for a bearer.
            TokenType = isAccessToken ? TokenAnswer.Bearer : null,
            Audience = isAccessToken ? parties.Audience : null,
            ClientId = token.Session.ClientId,
            Username = token.Account.PreferredUsername,
            Subject = token.Account.User.Id,
            SessionId = token.Session.Id,
            Issuer = parties.Issuer,
            ExpiresAt = token.ExpiresAt?.ToUnixTimeSeconds(),
            IssuedAt = token.IssuedAt.ToUnixTimeSeconds(),
            Id = token.Id,
            AuthenticatedAt = token.Session.CreatedAt.ToUnixTimeSeconds(),
        };
    }
}
