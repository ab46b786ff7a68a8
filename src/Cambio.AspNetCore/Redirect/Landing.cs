using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.AspNetCore.Redirect;

/// <summary>
/// Where a redirect ends: the browser goes back to the front end with a code or an error of ours, and with nothing else; no token ever
/// stands in an address (RFC 9700 4.3).
/// </summary>
internal sealed class Landing : IResult
{
    private readonly RedirectState state;
    private readonly Dictionary<string, string> members = [];

    private Landing(RedirectState state) => this.state = state;

    /// <param name="state">The redirect that ends; its return URL has been checked.</param>
    /// <param name="code">Our one-time code; null where a cookie takes its place.</param>
    public static Landing Arrive(RedirectState state, string? code) => new Landing(state).With("code", code).With("state", state.FrontEndState);

    /// <param name="state">The redirect that ends; its return URL has been checked.</param>
    /// <param name="error">Told in our words; the private reason stays here.</param>
    public static Landing Fail(RedirectState state, ExchangeError error) =>
        new Landing(state).With("error", error.Code).With("error_description", Describe(error)).With("state", state.FrontEndState);

    // An address carries neither a ticket nor a header nor a trace.
    private static string Describe(ExchangeError error) => error.Code switch
    {
        ErrorCodes.InteractionRequired => "The sign-in needs something from the user, which cannot be asked for in cookie mode.",
        ErrorCodes.TooManyRequests => "Too many requests; wait a few minutes.",
        ErrorCodes.ServerError => "Something went wrong here; the log tells what.",
        _ => error.Description,
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        IResult answer = state.Mode == RedirectMode.Popup
            ? new PopupPage(httpContext.RequestServices.GetRequiredService<DoorAddress>().Of(PopupScript.Path), state.ReturnUrl, members)
            : new RedirectAnswer(Address());
        return answer.ExecuteAsync(httpContext);
    }

    // Text, not Uri: the front end's own address comes back as it is listed, custom schemes too (RFC 8252 7.1).
    private string Address()
    {
        string query = string.Join('&', members.Select(static member => $"{member.Key}={Uri.EscapeDataString(member.Value)}"));
        return query.Length == 0 ? state.ReturnUrl
            : state.ReturnUrl.Contains('?', StringComparison.Ordinal) ? $"{state.ReturnUrl}&{query}"
            : $"{state.ReturnUrl}?{query}";
    }

    private Landing With(string name, string? value)
    {
        if (value is not null)
        {
            members.Add(name, value);
        }

        return this;
    }

    public override string ToString() => "landing [redacted]";
}
