using System.Buffers.Text;
using System.Security.Cryptography;
using Cambio.Clients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.AspNetCore.Requests;

/// <summary>
/// Ties the ticket of an interrupted exchange to who got it: a confidential client to its id, everybody else to user agent and origin, and
/// a page of our own origin also to a cookie, which no other browser has.
/// </summary>
internal sealed class TicketBinding
{
    private const string Name = "cambio-ticket";
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    /// <summary>As long as a ticket is good for.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly HttpContext context;
    private readonly PlainHttp plain;
    private readonly string? presented;
    private readonly string? secret;

    private TicketBinding(HttpContext context, Client? client)
    {
        this.context = context;
        plain = context.RequestServices.GetRequiredService<PlainHttp>();
        if (client is not null)
        {
            Text = $"client\n{client.Id}";
            return;
        }

        if (context.Request.Headers["Sec-Fetch-Site"] == "same-origin")
        {
            // The same for all tabs of a browser, so that one does not take the other's ticket away.
            presented = context.Request.Cookies[CookieName] is { Length: SecretLength } cookie ? cookie : null;
            secret = presented ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        }

        Text = $"caller\n{context.Request.Headers.UserAgent}\n{context.Request.Headers.Origin}\n{secret}";
    }

    /// <summary>What the caller is known by.</summary>
    public string Text { get; }

    private string CookieName => plain.NameOf(Name);

    /// <param name="context">The call.</param>
    /// <param name="client">The confidential client that calls, or null.</param>
    public static TicketBinding Of(HttpContext context, Client? client) => new(context, client);

    /// <summary>Sets the cookie beside a ticket, and takes it back when the exchange has come to its end.</summary>
    /// <param name="error">The refusal; null when it succeeded.</param>
    public void Settle(ExchangeError? error)
    {
        if (secret is not null && error?.Ticket is not null)
        {
            context.Response.Cookies.Append(CookieName, secret, plain.AttributesOf(SameSiteMode.Strict, Lifetime));
        }
        else if (presented is not null && error is null)
        {
            context.Response.Cookies.Delete(CookieName, plain.AttributesOf(SameSiteMode.Strict, lifetime: null));
        }
    }
}
