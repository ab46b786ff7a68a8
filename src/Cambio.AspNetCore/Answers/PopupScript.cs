using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The one script of <see cref="PopupPage"/>; the same for everybody.</summary>
internal sealed class PopupScript : IResult
{
    /// <summary>Where it stands below the prefix; no provider's id has a dot.</summary>
    public const string Path = "/popup.js";

    /// <summary>Without an opener, as when the browser cut the tie, the page stays and says what to do.</summary>
    private const string Text = """
        "use strict";
        (() => {
          const answer = document.getElementById("answer");
          const { origin, message } = answer.dataset;
          if (window.opener) {
            window.opener.postMessage(JSON.parse(message), origin);
            window.close();
          } else {
            answer.textContent =
              "This window has lost the page that opened it. Close it, go back to that page, and sign in without a popup.";
          }
        })();

        """;

    public static PopupScript Instance { get; } = new();

    public Task ExecuteAsync(HttpContext httpContext)
    {
        AnswerHeaders.Set(httpContext.Response, "public, max-age=3600");
        httpContext.Response.ContentType = $"{MediaTypeNames.Text.JavaScript}; charset=utf-8";
        return httpContext.Response.WriteAsync(Text, httpContext.RequestAborted);
    }
}
