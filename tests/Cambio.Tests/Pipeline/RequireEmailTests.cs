using System.Text.RegularExpressions;
using Cambio.Pipeline;
using Cambio.Pipeline.Steps;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Tests.Providers;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Pipeline;

public sealed class RequireEmailTests : IDisposable
{
    private readonly Dictionary<string, string> memory = [];
    private readonly CatalogFolder catalog = Setup.Catalog();
    private readonly ProviderRegistry providers;
    private readonly RequireEmail step;

    public RequireEmailTests()
    {
        providers = Setup.Registry("acme:ClientId=c\nacme:ClientSecret=s", catalog);
        step = new RequireEmail(providers, Options.Create(new CambioOptions { PublicUrl = "https://api.example.com:8443" }));
    }

    public void Dispose()
    {
        providers.Dispose();
        catalog.Dispose();
    }

    [Fact]
    public async Task Asks_whoever_is_new_and_has_no_address_and_sends_nothing_yet()
    {
        (ExchangeError? error, ExchangeContext context) = await RunAsync();
        Assert.Equal("email", error?.Requires);
        Assert.Empty(context.Emails);
    }

    [Fact]
    public async Task Asks_nobody_else()
    {
        ExchangeContext known = Newcomer.Context();
        known.Account = Newcomer.Account;
        ExchangeContext given = Newcomer.Context();
        given.Identity = given.Identity with { Email = "ada@example.com" };
        var linking = new ExchangeContext { Identity = Newcomer.Identity, Store = given.Store, Now = given.Now, CurrentUser = new UserRef("u1") };
        foreach (ExchangeContext context in (ExchangeContext[])[known, given, linking])
        {
            Assert.Null(await step.RunAsync(context, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Tells_the_holder_of_the_address_which_account_asks_for_it_at_which_application()
    {
        EmailMessage mail = await MailAsync("ada@example.com");
        Assert.Equal("ada@example.com", mail.To);
        Assert.Equal("Confirm your address at api.example.com", mail.Subject);
        Assert.Contains("to api.example.com with the Acme account \"ada l\"", mail.Text, StringComparison.Ordinal);
        Assert.Contains("If it is not you, do nothing", mail.Text, StringComparison.Ordinal);
        Assert.Matches("^[0-9]{8}$", CodeIn(mail));
        Assert.DoesNotContain("ada", mail.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada", "account \"ada\"")]
    [InlineData("ada-l_1", "account \"ada-l_1\"")]
    [InlineData("Zoë 李", "account \"Zoë 李\"")]
    [InlineData("http://evil.example/x", "account \"http   evil example x\"")]
    [InlineData("ada\" at example.com.\n\nCall", "account \"ada  at example com   Call\"")]
    [InlineData("0123456789012345678901234567890123456789", "account \"012345678901234567890123456789\"")]
    [InlineData("...", "with a Acme account and")]
    public async Task A_name_is_shown_without_what_could_be_a_link_or_a_line_of_ours(string name, string expected)
    {
        ExchangeContext context = Newcomer.Context(memory, ("email", "ada@example.com"));
        context.Identity = context.Identity with { PreferredUsername = name };
        await step.RunAsync(context, CancellationToken.None);
        Assert.Contains(expected, Assert.Single(context.Emails).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_proves_the_address_and_leaves_nothing_behind()
    {
        string code = CodeIn(await MailAsync(" Ada@Example.com "));
        Assert.DoesNotContain(memory.Values, value => value.Contains(code, StringComparison.Ordinal));
        (ExchangeError? error, ExchangeContext context) = await RunAsync(("email_code", code));
        Assert.Null(error);
        Assert.Equal(("Ada@Example.com", true, true), (context.Identity.Email, context.Identity.EmailVerified, context.Identity.EmailTrusted));
        Assert.Empty(memory);
    }

    [Fact]
    public async Task A_wrong_code_may_be_mended_four_times()
    {
        string code = CodeIn(await MailAsync("ada@example.com"));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal("email_code", (await RunAsync(("email_code", Other(code)))).Error?.Requires);
        }

        Assert.Equal("invalid_grant", (await RunAsync(("email_code", Other(code)))).Error?.Code);
    }

    [Fact]
    public async Task The_fifth_try_is_still_good()
    {
        string code = CodeIn(await MailAsync("ada@example.com"));
        for (int i = 0; i < 4; i++)
        {
            await RunAsync(("email_code", Other(code)));
        }

        Assert.Null((await RunAsync(("email_code", code))).Error);
    }

    [Fact]
    public async Task Another_address_makes_the_code_before_it_void_and_brings_no_new_tries()
    {
        string first = CodeIn(await MailAsync("ada@example.com"));
        for (int i = 0; i < 3; i++)
        {
            await RunAsync(("email_code", Other(first)));
        }

        await MailAsync("ada@example.org");
        Assert.Equal("email_code", (await RunAsync(("email_code", first))).Error?.Requires);
        Assert.Equal("email_code_guessed", (await RunAsync(("email_code", first))).Error?.Reason);
    }

    [Fact]
    public async Task Three_mails_are_all()
    {
        for (int i = 0; i < 3; i++)
        {
            await MailAsync($"ada{i}@example.com");
        }

        (ExchangeError? error, ExchangeContext context) = await RunAsync(("email", "ada@example.com"));
        Assert.Equal("email_mails_exhausted", error?.Reason);
        Assert.Empty(context.Emails);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@example")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example..com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada..l@example.com")]
    [InlineData("ada l@example.com")]
    [InlineData("\"ada\"@example.com")]
    [InlineData("ada@bob@example.com")]
    [InlineData("ada@example.com,bob@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com\r\nBcc: bob@example.com")]
    [InlineData("аda@example.com")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345@example.com")]
    public async Task What_is_no_address_is_asked_for_again_without_a_mail(string text)
    {
        (ExchangeError? error, ExchangeContext context) = await RunAsync(("email", text));
        Assert.Equal("email", error?.Requires);
        Assert.Empty(context.Emails);
        Assert.Empty(memory);
    }

    [Theory]
    [InlineData("a@b.io")]
    [InlineData("ada.l+cambio@mail.example.co.uk")]
    [InlineData("o'hara_1@xn--bcher-kva.example")]
    public async Task Takes_every_plain_address(string text) => Assert.Equal(text, (await MailAsync(text)).To);

    [Fact]
    public async Task A_code_that_nobody_asked_for_proves_nothing() =>
        Assert.Equal("email", (await RunAsync(("email_code", "12345678"))).Error?.Requires);

    private static string CodeIn(EmailMessage mail) => Regex.Match(mail.Text, "^ +([0-9]{8})$", RegexOptions.Multiline).Groups[1].Value;

    private static string Other(string code) => code == "00000000" ? "00000001" : "00000000";

    private async Task<EmailMessage> MailAsync(string address)
    {
        (ExchangeError? error, ExchangeContext context) = await RunAsync(("email", address));
        Assert.Equal("email_code", error?.Requires);
        return Assert.Single(context.Emails);
    }

    private async Task<(ExchangeError? Error, ExchangeContext Context)> RunAsync(params (string Name, string Text)[] answers)
    {
        ExchangeContext context = Newcomer.Context(memory, answers);
        return (await step.RunAsync(context, CancellationToken.None), context);
    }
}
