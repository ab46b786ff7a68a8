using Cambio.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Redirect;

/// <summary>Reads what a provider put on the callback: in the query string, or in a form that it has the browser post (OAuth 2.0 Form Post Response Mode).</summary>
internal static class CallbackReader
{
    private const int LongestValue = 16 * 1024;

    private static readonly ExchangeError Twice = ExchangeError.InvalidRequest(
        "A parameter stands on the callback twice; names in different case count as the same.", MemberSet.Repeated);

    private static readonly ExchangeError TooMuch = ExchangeError.InvalidRequest(
        "The callback has more parameters, or longer ones, than any provider sends.", "callback_too_large");

    private static readonly ExchangeError QueryAndForm = ExchangeError.InvalidRequest(
        "A callback that is posted has its parameters in the body alone.", "callback_query_and_form");

    /// <summary>The parameters by name, each of which occurs once.</summary>
    public static async Task<Result<Dictionary<string, string>>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return Judge(QueryMembers.Read(request));
        }

        return request.QueryString.Value is { Length: > 1 } ? QueryAndForm : Judge(await RequestBody.ReadFormAsync(request, cancellationToken));
    }

    private static Result<Dictionary<string, string>> Judge(Result<MemberSet> read) => read switch
    {
        // No state of ours looks like that.
        { Error.Reason: FormMembers.Undecodable } => ExchangeError.InvalidState("callback_undecodable", "The callback is no percent-encoded UTF-8: something on the way changes addresses, or somebody tries what happens."),
        { Error.Reason: MemberSet.Repeated } => Twice,
        { Error.Reason: MemberSet.TooMany } => TooMuch,
        { Error: { } other } => other,
        { Value: { } members } when members.All.All(static member => member.Text is { Length: <= LongestValue }) =>
            members.All.ToDictionary(static member => member.Name, static member => member.Text ?? "", StringComparer.Ordinal),
        _ => TooMuch,
    };
}
