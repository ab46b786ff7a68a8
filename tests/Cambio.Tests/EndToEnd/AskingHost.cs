using System.Text.RegularExpressions;
using Cambio.Tests.Storage;
using Cambio.Tests.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Cambio.Tests.EndToEnd;

/// <summary>The ready server with the sandbox, asking newcomers for an address and everybody for the terms; its mails go into a folder.</summary>
internal sealed class AskingHost : IAsyncDisposable
{
    /// <summary>A provider that gives no address.</summary>
    public const string Provider = "vimeo";

    public const string Pipeline =
        "find-login, link-current-user, require-email, check-allowed, link-by-email, create-user, require-terms, save-login, update-profile";

    private readonly TemporaryDirectory folder = new();

    private AskingHost(Action<IServiceCollection>? services, params IEnumerable<KeyValuePair<string, string?>> settings) =>
        Host = CambioHost.Start(
            [
                new("Cambio:Sandbox:Enabled", "true"),
                new("Cambio:Pipeline", Pipeline),
                new("Cambio:Accounts:Terms", "2026-11"),
                new("Cambio:Accounts:ApplicationName", "Example"),
                new("Cambio:Email:Folder", Mails),
                new("Cambio:Email:From", "Example <noreply@example.com>"),
                .. settings,
            ],
            all =>
            {
                all.AddSingleton<TimeProvider>(Time).AddSingleton<ILoggerProvider>(Logs);
                services?.Invoke(all);
            });

    public CambioHost Host { get; }

    public FakeTimeProvider Time { get; } = new(TokenRoom.Start);

    public LogLines Logs { get; } = new();

    private string Mails => Path.Combine(folder.Path, "mails");

    public static AskingHost Start(params IEnumerable<KeyValuePair<string, string?>> settings) => new(null, settings);

    public static AskingHost Start(Action<IServiceCollection> services) => new(services);

    public Browser Open(string agent = "Firefox/1.0", string? site = "same-origin", System.Net.CookieContainer? cookies = null) =>
        new(Host.Client.BaseAddress!, agent, site, cookies);

    /// <summary>Signs somebody in at the provider, and us.</summary>
    public async Task<Answer> SignInAsync(Browser browser, string user = "ada", string provider = Provider)
    {
        string? token = (await SandboxTests.MintAsync(Host, provider, user)).GetProperty("access_token").GetString();
        return await browser.PostAsync($"/auth/{provider}", ("access_token", token));
    }

    /// <summary>Sends back the ticket of an answer.</summary>
    public Task<Answer> GoOnAsync(Browser browser, Answer asked, params (string Name, string? Value)[] members) =>
        browser.PostAsync($"/auth/{Provider}", [("ticket", Ticket(asked)), .. members]);

    public static string? Ticket(Answer asked) => asked.Json.TryGetProperty("ticket", out var ticket) ? ticket.GetString() : null;

    public static string? Requires(Answer asked) => asked.Json.TryGetProperty("requires", out var requires) ? requires.GetString() : null;

    public IReadOnlyList<MimeMessage> Sent() =>
        Directory.Exists(Mails) ? [.. Directory.GetFiles(Mails, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))] : [];

    public static string CodeIn(MimeMessage mail) => Regex.Match(mail.TextBody ?? "", "^ +([0-9]{8})\r?$", RegexOptions.Multiline).Groups[1].Value;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}
