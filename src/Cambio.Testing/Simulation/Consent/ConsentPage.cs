using Microsoft.AspNetCore.Http;

namespace Cambio.Testing.Simulation.Consent;

/// <summary>Asks who signs in. Works without scripts.</summary>
internal static class ConsentPage
{
    /// <summary>The page.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="call">The request that it answers.</param>
    /// <param name="form">What it is filled with.</param>
    public static SimulatedAnswer Make(string provider, AuthorizationCall call, ConsentForm form)
    {
        string name = SimulatedPage.Encode(provider);

        // Relative, so that the form comes back here however the simulator was reached. Its own origin is told, so that a foreign page can be told from it.
        return SimulatedPage.Make(
            form.Mistake is null ? 200 : 400,
            $"Simulation of {provider}",
            $"""
            <p class="tag">Simulation</p>
            <h1>This is a simulation of {name}</h1>
            <p class="soft">Choose who signs in. Nothing is sent to {name}, and no password is asked.</p>
            {Mistake(form.Mistake)}<form method="post" action="{SimulatedPage.Encode(QueryString.Create(call.Request.Query!).ToUriComponent())}">
            <label for="user">User <small>any name; the same name is the same person</small></label>
            <input id="user" name="user" value="{SimulatedPage.Encode(form.User)}" placeholder="ada" required maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false" autofocus>
            <label for="email">E-mail address <small>optional; empty for one of the user's own</small></label>
            <input id="email" name="email" type="email" value="{SimulatedPage.Encode(form.Email)}" placeholder="ada@example.com" maxlength="254" autocomplete="off">
            <label for="email_verified">The address is</label>
            <select id="email_verified" name="email_verified">
            <option value="true"{(form.IsVerified ? " selected" : "")}>verified</option>
            <option value="false"{(form.IsVerified ? "" : " selected")}>not verified</option>
            </select>
            <div class="row">
            <button class="main" name="decision" value="allow">Allow</button>
            <button name="decision" value="deny" formnovalidate>Deny</button>
            </div>
            </form>
            <dl>
            <dt>Application</dt>
            <dd>{SimulatedPage.Encode(call["client_id"])}</dd>
            <dt>Goes back to</dt>
            <dd>{SimulatedPage.Encode(call.RedirectUri)}</dd>{Scope(call["scope"])}
            </dl>
            """,
            "same-origin");
    }

    private static string Mistake(string? mistake) => mistake is null ? "" : $"<p class=\"wrong\" role=\"alert\">{SimulatedPage.Encode(mistake)}</p>\n";

    private static string Scope(string? scope) => scope is null ? "" : $"\n<dt>Asks for</dt>\n<dd>{SimulatedPage.Encode(scope)}</dd>";
}
