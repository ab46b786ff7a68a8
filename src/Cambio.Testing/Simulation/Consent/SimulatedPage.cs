using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Cambio.Testing.Simulation.Consent;

/// <summary>A page of a simulated provider: one document, nothing from elsewhere, and every value that a caller wrote encoded.</summary>
internal static class SimulatedPage
{
    public const string ContentType = "text/html; charset=utf-8";

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2433; --soft: #5c667a; --line: #d5dae3; --paper: #fff; --ground: #eef1f6; --accent: #2456c8; --on-accent: #fff; --warn: #a3261b; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8ebf2; --soft: #a2abbd; --line: #3a4356; --paper: #1c2230; --ground: #11151e; --accent: #8fb1ff; --on-accent: #0f1726; --warn: #ff9d92; }
        }
        body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 29rem); place-content: center; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { margin: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.75rem; }
        .tag { margin: 0 0 .75rem; color: var(--soft); font-size: .8125rem; letter-spacing: .06em; text-transform: uppercase; }
        h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.25; overflow-wrap: anywhere; }
        p { margin: 0 0 1.25rem; overflow-wrap: anywhere; }
        small, .soft { color: var(--soft); }
        form { display: grid; }
        label { margin: 0 0 .25rem; font-weight: 600; }
        label small { font-weight: 400; }
        input, select { min-width: 0; margin: 0 0 1rem; padding: .5rem .625rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--paper); color: inherit; font: inherit; }
        .row { display: flex; gap: .75rem; margin-top: .5rem; }
        button { flex: 1; padding: .625rem 1rem; border: 1px solid var(--accent); border-radius: .375rem; background: none; color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
        button.main { background: var(--accent); color: var(--on-accent); }
        input:focus-visible, select:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .wrong { padding: .5rem .75rem; border-left: 3px solid var(--warn); color: var(--warn); }
        dl { margin: 1.25rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .8125rem; color: var(--soft); }
        dt { font-weight: 600; }
        dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
        dd:last-child { margin: 0; }
        """;

    private static readonly string StyleHash = Hash(Style);

    /// <summary>The page.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">The title; encoded here.</param>
    /// <param name="body">What stands in the page, already encoded.</param>
    /// <param name="referrer">The referrer policy.</param>
    /// <param name="script">A script that it runs; null for none.</param>
    public static SimulatedAnswer Make(int status, string title, string body, string referrer, string? script = null)
    {
        string html = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{Encode(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            {body}
            </main>{(script is null ? "" : $"\n<script>{script}</script>")}
            </body>
            </html>

            """;

        // No form-action: browsers hold it against every redirect that follows the form, and those lead to the application.
        string policy = $"default-src 'none'; style-src {StyleHash}; base-uri 'none'; frame-ancestors 'none'";
        return new SimulatedAnswer(status, Encoding.UTF8.GetBytes(html), ContentType)
        {
            Headers =
            [
                new("Content-Security-Policy", script is null ? policy : $"{policy}; script-src {Hash(script)}"),
                new("Referrer-Policy", referrer),
                new("X-Content-Type-Options", "nosniff"),
            ],
        };
    }

    /// <summary>Text that can stand in an element, or in an attribute between quotes.</summary>
    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static string Hash(string inline) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)))}'";
}
