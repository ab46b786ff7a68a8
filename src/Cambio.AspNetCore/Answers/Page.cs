using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The frame of every page of ours: readable, of one colour scheme or the other, and with nothing in it that comes from elsewhere.</summary>
internal static class Page
{
    private const string Style = """
        :root{color-scheme:light dark;font:100%/1.5 system-ui,sans-serif}
        body{margin:0;min-height:100vh;display:grid;place-items:center;color:#1b1f24;background:#f6f7f9}
        main{width:min(30rem,100% - 6rem);margin:1rem;padding:2rem;background:#fff;border:1px solid #d8dde3;border-radius:.75rem}
        h1{margin:0 0 .5rem;font-size:1.4rem;line-height:1.25}
        p{margin:0}
        dl{margin:1.5rem 0 0;padding-top:1rem;border-top:1px solid #d8dde3;font-size:.875rem;color:#5a636d}
        dd{margin:0 0 .5rem;overflow-wrap:anywhere;color:#1b1f24}
        dd:last-child{margin:0}
        @media(prefers-color-scheme:dark){
        body{color:#e6e9ed;background:#14171b}
        main{background:#1d2127;border-color:#343a42}
        dl{border-color:#343a42;color:#9aa4af}
        dd{color:#e6e9ed}}
        """;

    // Style attributes and elements are off, save the one that has exactly this text (CSP 3 2.3.1).
    private static readonly string StyleSource = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <param name="context">The call.</param>
    /// <param name="title">What it is about: title and heading.</param>
    /// <param name="body">What stands below the heading, encoded.</param>
    /// <param name="script">The address of the page's one script, encoded; null for a page without.</param>
    public static Task WriteAsync(HttpContext context, string title, string body, string? script = null)
    {
        HttpResponse response = context.Response;
        AnswerHeaders.Set(response);
        string scripts = script is null ? "" : $" script-src {script};";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none';{scripts} style-src {StyleSource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        response.ContentType = "text/html; charset=utf-8";
        string element = script is null ? "" : $"<script src=\"{script}\" defer></script>\n";
        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{Style}</style>
            {element}</head>
            <body>
            <main>
            <h1>{title}</h1>
            {body}
            </main>
            </body>
            </html>

            """,
            context.RequestAborted);
    }
}
