using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads an optional parameter of the query string.</summary>
internal static class QueryText
{
    /// <summary>False when it is there more than once or without a value; <paramref name="value"/> is null when it is not there.</summary>
    public static bool TryRead(HttpRequest request, string name, out string? value)
    {
        bool there = request.Query.TryGetValue(name, out StringValues values);
        value = values is [{ Length: > 0 } only] ? only : null;
        return !there || value is not null;
    }
}
