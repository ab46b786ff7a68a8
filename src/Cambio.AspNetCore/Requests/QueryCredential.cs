using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Requests;

/// <summary>Refuses credentials in the query string, where they would end up in logs and histories (RFC 9700 4.3.2).</summary>
internal static class QueryCredential
{
    private static readonly FrozenSet<string> Secrets = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [.. ExchangeMember.All.Select(static member => member.Name), "token", "refresh_token", "client_secret", "subject_token", "actor_token"]);

    public static ExchangeError? In(HttpRequest request) => request.QueryString.HasValue ? Among(request.Query.Keys) : null;

    /// <summary>The same for a query string whose names were read already.</summary>
    public static ExchangeError? Among(IEnumerable<string> names) =>
        names.Any(Secrets.Contains)
            ? ExchangeError.InvalidRequest("A credential stands in the query string: send it in the body, and treat the one you sent as leaked.", "credential_in_query")
            : null;
}
