using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>A refusal for people. Says what to do, and holds nothing that a caller or a provider wrote.</summary>
internal static class RefusalPage
{
    /// <param name="context">The call.</param>
    /// <param name="error">The refusal.</param>
    /// <param name="traceId">What the operator finds it by.</param>
    /// <param name="tellsWhy">In Development: also the private reason and what to look at.</param>
    public static Task WriteAsync(HttpContext context, ExchangeError error, string traceId, bool tellsWhy)
    {
        (string title, string sentence) = WordsOf(error);
        var body = new StringBuilder($"<p>{Encode(sentence)}</p>\n<dl>\n");
        if (tellsWhy)
        {
            Describe(body, "Error", $"{error.Code}: {error.Description}");
            Describe(body, "Reason", error.Reason);
            Describe(body, "Look at", error.Hint);
        }

        Describe(body, "Trace", traceId);
        return Page.WriteAsync(context, Encode(title), body.Append("</dl>").ToString());
    }

    private static (string Title, string Sentence) WordsOf(ExchangeError error) => error.Code switch
    {
        ErrorCodes.InvalidState => (
            "This sign-in cannot go on",
            "It was not begun in this browser, has been used already, or took too long. Go back to where you came from and start again."),
        ErrorCodes.UnknownProvider or ErrorCodes.NotFound => (
            "There is nothing here", "Check the address, or go back to where you came from."),
        ErrorCodes.TooManyRequests => (
            "Too many attempts", "Wait a few minutes, then go back to where you came from and start again."),
        ErrorCodes.TemporarilyUnavailable => (
            "Signing in does not work at the moment", "Wait a minute, then go back to where you came from and start again."),
        ErrorCodes.ServerError or ErrorCodes.ProviderError => (
            "Something went wrong", "It is no fault of yours. Start again; if that does not help, tell whoever runs this site the trace below."),
        ErrorCodes.AccessDenied or ErrorCodes.SignupDisabled => (
            "You cannot sign in here", "If you think that you should, ask whoever runs this site, and tell them the trace below."),
        _ => (
            "This request cannot be answered",
            "Go back to where you came from and start again. If that does not help, tell whoever runs this site the trace below."),
    };

    private static void Describe(StringBuilder body, string term, string? text)
    {
        if (text is not null)
        {
            body.Append("<dt>").Append(term).Append("</dt><dd>").Append(Encode(text)).Append("</dd>\n");
        }
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
