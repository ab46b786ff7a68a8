using System.Text.Json;
using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Server.Commands.Keys;

/// <summary>What an operator wants to know of one signing key: table and JSON are made from this.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="Algorithm">The JWS algorithm.</param>
/// <param name="State">announced, signing, retiring or retired.</param>
/// <param name="Made">When it was made.</param>
/// <param name="SignsFrom">When its turn to sign comes, or came.</param>
/// <param name="GoneAfter">When nobody accepts it any more; null while no other replaces it.</param>
internal sealed record KeyFacts(string Id, string Algorithm, string State, DateTimeOffset Made, DateTimeOffset SignsFrom, DateTimeOffset? GoneAfter)
{
    public static IReadOnlyList<KeyFacts> Of(SigningKeySchedule schedule, DateTimeOffset now) => [.. schedule.Keys.Select(key => Of(key, schedule, now))];

    private static KeyFacts Of(ProtectedSigningKey key, SigningKeySchedule schedule, DateTimeOffset now) => new(
        key.Id,
        key.Algorithm,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(schedule.StateOf(key, now).ToString()),
        key.CreatedAt,
        key.ActiveFrom,
        schedule.PublishedUntil(key));
}
