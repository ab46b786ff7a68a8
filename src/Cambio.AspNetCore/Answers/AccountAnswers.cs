using System.Text.Json.Serialization;
using Cambio.Storage;

namespace Cambio.AspNetCore.Answers;

/// <summary>The identities that are linked to an account.</summary>
internal sealed record LoginsAnswer([property: JsonPropertyName("logins")] IReadOnlyList<LinkedLogin> Logins);

/// <summary>An identity that is linked to an account. Times are UTC, RFC 3339.</summary>
internal sealed record LinkedLogin(
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("email")] string? Email,
    [property: JsonPropertyName("linked_at")] DateTime LinkedAt,
    [property: JsonPropertyName("last_used_at")] DateTime LastUsedAt)
{
    public static LinkedLogin From(Login login) =>
        new(login.Provider, login.Subject, login.Email, login.LinkedAt.UtcDateTime, login.LastUsedAt.UtcDateTime);
}

/// <summary>The places where a user is signed in.</summary>
internal sealed record SessionsAnswer([property: JsonPropertyName("sessions")] IReadOnlyList<OpenSession> Sessions);

/// <summary>A place where a user is signed in. Times are UTC, RFC 3339.</summary>
internal sealed record OpenSession(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created_at")] DateTime CreatedAt,
    [property: JsonPropertyName("last_used_at")] DateTime LastUsedAt,
    [property: JsonPropertyName("user_agent")] string? UserAgent,
    [property: JsonPropertyName("address")] string? Address,
    [property: JsonPropertyName("current")] bool Current)
{
    public static OpenSession From(Session session, Session current) => new(
        session.Id, session.CreatedAt.UtcDateTime, session.LastUsedAt.UtcDateTime, session.UserAgent, session.Address, session.Id == current.Id);
}
