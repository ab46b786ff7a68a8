using System.Net;
using Cambio.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Cambio.Tests.EndToEnd;

/// <summary>Exchanges that stop to ask the user, over HTTP and on a real database.</summary>
public sealed class InterruptedExchangeTests
{
    [Fact]
    public async Task Somebody_without_an_address_confirms_one_accepts_the_terms_and_is_not_asked_again()
    {
        await using AskingHost asking = AskingHost.Start();
        using Browser browser = asking.Open();
        Answer email = await asking.SignInAsync(browser);
        Assert.Equal((409, "interaction_required", "email"), (email.Status, email.Error, AskingHost.Requires(email)));

        Answer code = await asking.GoOnAsync(browser, email, ("email", "ada@example.com"));
        Assert.Equal((409, "email_code"), (code.Status, AskingHost.Requires(code)));
        MimeMessage mail = Assert.Single(asking.Sent());
        Assert.Equal(("\"Example\" <noreply@example.com>", "ada@example.com"), (mail.From.ToString(), mail.To.ToString()));
        Assert.Equal("Confirm your address at Example", mail.Subject);
        Assert.Contains("the Vimeo account \"Ada Example\"", mail.TextBody, StringComparison.Ordinal);

        Answer terms = await asking.GoOnAsync(browser, code, ("email_code", AskingHost.CodeIn(mail)));
        Assert.Equal((409, "terms", "2026-11"), (terms.Status, AskingHost.Requires(terms), terms.Json.GetProperty("terms_version").GetString()));
        Assert.Equal(0, asking.Host.Rows().Single(table => table.Key.EndsWith("users", StringComparison.Ordinal)).Value);

        Answer done = await asking.GoOnAsync(browser, terms, ("terms", "2026-11"));
        Assert.True(done.Status == 200, done.Text);
        Assert.True(done.Json.GetProperty("is_new_user").GetBoolean());
        Assert.Equal("ada@example.com", done.Json.GetProperty("user").GetProperty("email").GetString());
        Assert.True(done.Json.GetProperty("user").GetProperty("email_verified").GetBoolean());
        Assert.Equal(200, (await asking.Host.GetAsync("/auth/me", done.AccessToken)).Status);
        Assert.Empty(browser.Cookies.GetAllCookies());

        Answer again = await asking.SignInAsync(browser);
        Assert.Equal((200, done.UserId), (again.Status, again.UserId));
        Assert.DoesNotContain(asking.Logs.All, line => line.Text.Contains("ada@example.com", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(asking.Logs.All, line => line.Text.Contains(AskingHost.CodeIn(mail), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Chrome/1.0", "same-origin", true)]
    [InlineData("Firefox/1.0", "same-origin", false)]
    [InlineData("Firefox/1.0", "cross-site", true)]
    [InlineData("Firefox/1.0", null, true)]
    public async Task A_stranger_with_the_ticket_gets_nowhere_and_cannot_spend_it(string agent, string? site, bool hasCookie)
    {
        await using AskingHost asking = AskingHost.Start();
        using Browser holder = asking.Open();
        Answer asked = await asking.SignInAsync(holder);
        Assert.Equal("cambio-ticket", Assert.Single(holder.Cookies.GetAllCookies()).Name);
        using Browser stranger = asking.Open(agent, site, hasCookie ? holder.Cookies : new CookieContainer());

        Answer refused = await asking.GoOnAsync(stranger, asked, ("email", "mallory@example.com"));
        Assert.Equal((400, "invalid_grant", "ticket_of_another_caller"), (refused.Status, refused.Error, refused.Reason));
        Assert.Empty(asking.Sent());
        Assert.Equal("email_code", AskingHost.Requires(await asking.GoOnAsync(holder, asked, ("email", "ada@example.com"))));
    }

    [Fact]
    public async Task A_program_that_is_no_browser_is_known_by_its_user_agent()
    {
        await using AskingHost asking = AskingHost.Start();
        using Browser app = asking.Open("App/1.0", site: null);
        Answer asked = await asking.SignInAsync(app);
        Assert.Empty(app.Cookies.GetAllCookies());
        using Browser other = asking.Open("App/2.0", site: null);
        Assert.Equal(400, (await asking.GoOnAsync(other, asked, ("email", "ada@example.com"))).Status);
        Assert.Equal("email_code", AskingHost.Requires(await asking.GoOnAsync(app, asked, ("email", "ada@example.com"))));
    }

    [Fact]
    public async Task A_ticket_is_good_for_one_answer_also_when_twenty_come_at_once()
    {
        await using AskingHost asking = AskingHost.Start();
        using Browser browser = asking.Open();
        Answer asked = await asking.SignInAsync(browser);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => asking.GoOnAsync(browser, asked, ("email", "ada@example.com"))));
        Assert.Single(answers, answer => answer.Status == 409);
        Assert.All(answers.Where(answer => answer.Status != 409), answer => Assert.Equal((400, "credential_replayed"), (answer.Status, answer.Reason)));
        Assert.Single(asking.Sent());
    }

    [Fact]
    public async Task Ten_minutes_after_the_first_question_no_ticket_is_taken()
    {
        await using AskingHost asking = AskingHost.Start();
        using Browser browser = asking.Open();
        Answer email = await asking.SignInAsync(browser);
        asking.Time.Advance(TimeSpan.FromMinutes(9));
        Answer code = await asking.GoOnAsync(browser, email, ("email", "ada@example.com"));
        Assert.Equal("email_code", AskingHost.Requires(code));
        asking.Time.Advance(TimeSpan.FromMinutes(1));
        Answer late = await asking.GoOnAsync(browser, code, ("email_code", AskingHost.CodeIn(Assert.Single(asking.Sent()))));
        Assert.Equal((400, "invalid_grant", "ticket_expired"), (late.Status, late.Error, late.Reason));
    }

    [Theory]
    [InlineData("Verified", 200)]
    [InlineData("Ask", 409)]
    public async Task Whose_the_address_is_shows_only_to_who_confirmed_it(string mode, int status)
    {
        await using AskingHost asking = AskingHost.Start(
        [
            new("Cambio:Accounts:LinkByEmail", mode),
            new("Cambio:Pipeline", AskingHost.Pipeline.Replace(", require-terms", "", StringComparison.Ordinal)),
            new("Cambio:Accounts:Terms", ""),
        ]);
        using Browser browser = asking.Open();
        Answer holder = await asking.SignInAsync(browser, "grace", "github");
        Assert.True(holder.Status == 200, holder.Text);
        string address = holder.Json.GetProperty("user").GetProperty("email").GetString()!;

        Answer taken = await asking.GoOnAsync(browser, await asking.SignInAsync(browser), ("email", address));
        Answer free = await asking.GoOnAsync(browser, await asking.SignInAsync(browser), ("email", "nobody@example.com"));
        string[] own = ["ticket", "trace_id"];
        Assert.Equal(
            free.Json.EnumerateObject().Where(member => !own.Contains(member.Name)).Select(member => member.ToString()),
            taken.Json.EnumerateObject().Where(member => !own.Contains(member.Name)).Select(member => member.ToString()));

        string code = AskingHost.CodeIn(asking.Sent().Single(mail => mail.To.ToString() == address));
        Answer confirmed = await asking.GoOnAsync(browser, taken, ("email_code", code));
        Assert.Equal((status, status == 200 ? null : "link_required"), (confirmed.Status, confirmed.Error));
        if (status == 200)
        {
            Assert.Equal(holder.UserId, confirmed.UserId);
        }
    }

    [Fact]
    public async Task The_allow_list_holds_for_a_confirmed_address_too()
    {
        await using AskingHost asking = AskingHost.Start([new("Cambio:Accounts:AllowedDomains", "example.com")]);
        using Browser browser = asking.Open();
        Answer outside = await asking.GoOnAsync(browser, await asking.SignInAsync(browser), ("email", "ada@example.org"));
        Answer refused = await asking.GoOnAsync(browser, outside, ("email_code", AskingHost.CodeIn(asking.Sent()[0])));
        Assert.Equal((403, "access_denied"), (refused.Status, refused.Error));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_sent_is_503_without_a_ticket()
    {
        await using AskingHost asking = AskingHost.Start(services => services.AddSingleton<IEmailSender, NoMail>());
        using Browser browser = asking.Open();
        Answer asked = await asking.SignInAsync(browser);
        Answer failed = await asking.GoOnAsync(browser, asked, ("email", "ada@example.com"));
        Assert.Equal((503, "temporarily_unavailable", "email_not_sent"), (failed.Status, failed.Error, failed.Reason));
        Assert.Null(AskingHost.Ticket(failed));
        Assert.Equal(1, asking.Logs.Count(2005));
        Assert.DoesNotContain(asking.Logs.All, line => line.Text.Contains("ada@example.com", StringComparison.Ordinal));
        Assert.Equal("credential_replayed", (await asking.GoOnAsync(browser, asked, ("email", "ada@example.com"))).Reason);
    }

    [Theory]
    [InlineData("Cambio:Pipeline", "find-login, require-email, create-user, save-login", "Cambio:Email:Smtp")]
    [InlineData("Cambio:Pipeline", "find-login, create-user, require-terms, save-login", "Cambio:Accounts:Terms does not say")]
    [InlineData("Cambio:Accounts:Terms", "2026-11", "lacks 'require-terms'")]
    [InlineData("Cambio:Email:Smtp", "smtp://mail.example.com", "Cambio:Email:From")]
    [InlineData("Cambio:Email:Smtp", "mail.example.com", "Cambio:Email:Smtp must be")]
    [InlineData("Cambio:Email:SmtpServer", "mail.example.com", "Cambio:Email:SmtpServer is not a setting")]
    public void Asking_without_what_it_takes_stops_the_start(string key, string value, string expected)
    {
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => CambioHost.Start([new(key, value)]));
        Assert.Contains(e.Failures, failure => failure.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_is_one_word()
    {
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => CambioHost.Start(
            [new("Cambio:Accounts:Terms", "two words"), new("Cambio:Pipeline", "find-login, create-user, require-terms, save-login")]));
        Assert.Contains(e.Failures, failure => failure.Contains("Cambio:Accounts:Terms must be", StringComparison.Ordinal));
    }

    private sealed class NoMail : IEmailSender
    {
        public Task SendAsync(EmailMessage message, CancellationToken cancellationToken) => throw new IOException($"No such mailbox: {message.To}");
    }
}
