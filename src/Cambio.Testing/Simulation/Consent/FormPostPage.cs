namespace Cambio.Testing.Simulation.Consent;

/// <summary>Posts an answer to the application (OAuth 2.0 Form Post Response Mode 2): by itself, or by a button where scripts are off.</summary>
internal static class FormPostPage
{
    private const string Script = "document.forms[0].submit()";

    public static SimulatedAnswer Make(string redirectUri, IReadOnlyDictionary<string, string> parameters)
    {
        IEnumerable<string> fields = parameters.Select(p =>
            $"""<input type="hidden" name="{SimulatedPage.Encode(p.Key)}" value="{SimulatedPage.Encode(p.Value)}">""");

        // The application sees which origin posted, and no more of this address.
        return SimulatedPage.Make(
            200,
            "Going back to the application",
            $"""
            <h1>Going back to the application</h1>
            <p class="soft">If nothing happens, press the button.</p>
            <form method="post" action="{SimulatedPage.Encode(redirectUri)}">
            {string.Join('\n', fields)}
            <div class="row"><button class="main">Continue</button></div>
            </form>
            """,
            "strict-origin",
            Script);
    }
}
