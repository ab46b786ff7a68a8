using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads a query string as strictly as a form. ASP.NET Core's own reading mends what it cannot decode, and joins what occurs twice.</summary>
internal static class QueryMembers
{
    private const string Unreadable =
        "The query string must be name=value pairs with & between them, percent-encoded UTF-8, each name once; names in different case count as the same.";

    public static Result<MemberSet> Read(HttpRequest request)
    {
        Result<MemberSet> members = FormMembers.Read(Encoding.UTF8.GetBytes(request.QueryString.Value is ['?', .. var query] ? query : ""));
        return members.IsSuccess ? members : ExchangeError.InvalidRequest(Unreadable, members.Error.Reason);
    }
}
