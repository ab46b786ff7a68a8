using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>Hands what came of a redirect to the page that opened the popup, and to no other: the browser compares the origin (RFC 9700 4.17).</summary>
/// <param name="script">The address of <see cref="PopupScript"/>.</param>
/// <param name="origin">The exact origin of the opener.</param>
/// <param name="members">What it is told beside <c>type</c>.</param>
internal sealed class PopupPage(string script, string origin, IReadOnlyDictionary<string, string> members) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var message = new Dictionary<string, string>(members) { ["type"] = "cambio" };
        string json = JsonSerializer.Serialize(message, AnswerJson.Default.DictionaryStringString);
        return Page.WriteAsync(
            httpContext,
            "Almost done",
            $"""
            <p id="answer" data-origin="{Encode(origin)}" data-message="{Encode(json)}">You are being taken back. If this window stays open, close it and start again.</p>
            """,
            Encode(script));
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
