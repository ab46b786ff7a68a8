using Cambio.AspNetCore;
using Cambio.AspNetCore.Requests;
using Cambio.Clients;
using Cambio.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;

namespace Cambio.Tests.AspNetCore;

public sealed class TicketBindingTests
{
    private static readonly ExchangeError Interruption = ExchangeError.InteractionRequired("email") with { Ticket = "t" };

    [Theory]
    [InlineData("https://api.example.com", "Production", "__Host-cambio-ticket", true)]
    [InlineData("https://localhost", "Development", "__Host-cambio-ticket", true)]
    [InlineData("http://localhost", "Development", "cambio-ticket", false)]
    [InlineData("http://127.0.0.1:5080", "Development", "cambio-ticket", false)]
    [InlineData("http://[::1]:5080", "Development", "cambio-ticket", false)]
    [InlineData("http://127.0.0.1", "Production", "__Host-cambio-ticket", true)]
    [InlineData("http://api.example.com", "Development", "__Host-cambio-ticket", true)]
    public void A_page_of_our_own_gets_a_cookie_that_no_script_and_no_other_site_can_use(string address, string environment, string name, bool secure)
    {
        HttpContext context = Call(address, environment);
        TicketBinding.Of(context, null).Settle(Interruption);
        string cookie = context.Response.Headers.SetCookie.ToString();
        Assert.Matches($"^{name}=[A-Za-z0-9_-]{{43}}; max-age=600; path=/; (secure; )?samesite=strict; httponly$", cookie);
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public void The_cookie_binds_the_next_call_and_goes_when_the_exchange_has_succeeded()
    {
        HttpContext first = Call();
        TicketBinding began = TicketBinding.Of(first, null);
        began.Settle(Interruption);
        string cookie = first.Response.Headers.SetCookie.ToString().Split(';')[0];

        HttpContext next = Call(cookie: cookie);
        TicketBinding goesOn = TicketBinding.Of(next, null);
        Assert.Equal(began.Text, goesOn.Text);
        goesOn.Settle(ExchangeError.InvalidGrant("credential_replayed"));
        Assert.Empty(next.Response.Headers.SetCookie.ToString());
        goesOn.Settle(null);
        Assert.StartsWith("cambio-ticket=; expires=Thu, 01 Jan 1970", next.Response.Headers.SetCookie.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Firefox", "https://app.example.com", "same-origin", null)]
    [InlineData("Firefox", "https://app.example.com", "same-origin", "cambio-ticket=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Firefox", "https://app.example.com", "cross-site", "the right one")]
    [InlineData("Firefox", "https://app.example.com", null, "the right one")]
    [InlineData("curl", "https://app.example.com", "same-origin", "the right one")]
    [InlineData("Firefox", "https://evil.example", "same-origin", "the right one")]
    [InlineData("Firefox", null, "same-origin", "the right one")]
    public void Somebody_else_is_known_by_something_else(string agent, string? origin, string? site, string? cookie)
    {
        HttpContext first = Call();
        TicketBinding holder = TicketBinding.Of(first, null);
        holder.Settle(Interruption);
        string right = first.Response.Headers.SetCookie.ToString().Split(';')[0];
        Assert.NotEqual(holder.Text, TicketBinding.Of(Call(agent: agent, origin: origin, site: site, cookie: cookie == "the right one" ? right : cookie), null).Text);
    }

    [Fact]
    public void A_client_without_our_pages_is_known_by_what_it_says_of_itself_and_gets_no_cookie()
    {
        HttpContext context = Call(site: null, origin: null, agent: "App/1.0");
        TicketBinding binding = TicketBinding.Of(context, null);
        binding.Settle(Interruption);
        Assert.Empty(context.Response.Headers.SetCookie.ToString());
        Assert.Equal(binding.Text, TicketBinding.Of(Call(site: null, origin: null, agent: "App/1.0"), null).Text);
    }

    [Fact]
    public void A_confidential_client_is_known_by_its_id_wherever_it_calls_from()
    {
        var backend = new Client { Id = "backend" };
        HttpContext context = Call();
        TicketBinding binding = TicketBinding.Of(context, backend);
        binding.Settle(Interruption);
        Assert.Empty(context.Response.Headers.SetCookie.ToString());
        Assert.Equal(binding.Text, TicketBinding.Of(Call(agent: "another instance", site: null), backend).Text);
        Assert.NotEqual(binding.Text, TicketBinding.Of(Call(), new Client { Id = "other" }).Text);
    }

    private static DefaultHttpContext Call(
        string address = "http://localhost:5080", string environment = "Development", string? agent = "Firefox",
        string? origin = "https://app.example.com", string? site = "same-origin", string? cookie = null)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection()
                .AddSingleton(new PlainHttp(new Address(address), new HostingEnvironment { EnvironmentName = environment }))
                .BuildServiceProvider(),
        };
        context.Request.Headers.UserAgent = agent;
        context.Request.Headers.Origin = origin;
        context.Request.Headers["Sec-Fetch-Site"] = site;
        context.Request.Headers.Cookie = cookie;
        return context;
    }

    private sealed record Address(string Value) : IPublicAddress;
}
