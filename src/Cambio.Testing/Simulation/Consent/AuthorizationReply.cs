using Microsoft.AspNetCore.WebUtilities;

namespace Cambio.Testing.Simulation.Consent;

/// <summary>What goes back to the application, through the user's browser. Never prints it.</summary>
/// <param name="RedirectUri">Where to.</param>
/// <param name="IsFormPost">It is posted there (OAuth 2.0 Form Post Response Mode); else it stands in the address.</param>
/// <param name="Parameters">What it says.</param>
internal sealed record AuthorizationReply(string RedirectUri, bool IsFormPost, IReadOnlyDictionary<string, string> Parameters)
{
    private string Address => QueryHelpers.AddQueryString(RedirectUri, Parameters!);

    public AuthorizationCallback ToCallback() => new()
    {
        Address = IsFormPost ? RedirectUri : Address,
        Form = IsFormPost ? Parameters : null,
        Parameters = Parameters,
    };

    public SimulatedAnswer ToAnswer() => IsFormPost
        ? FormPostPage.Make(RedirectUri, Parameters)
        : new SimulatedAnswer(302, [], SimulatedPage.ContentType) { Headers = [new("Location", Address), new("Referrer-Policy", "no-referrer")] };

    public override string ToString() => "authorization reply [redacted]";
}
