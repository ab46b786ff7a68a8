using System.Text;
using Cambio.Pipeline;
using Cambio.Server.Email;
using Cambio.Tests.Tokens;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Cambio.Tests.Server;

public sealed class EmailTests
{
    private static readonly EmailMessage Mail = new("ada@example.com", "Your code, Zoë", "Line one\n.\nLine three\n");

    private readonly LogLines logs = new();
    private readonly FakeTimeProvider time = new(TokenRoom.Start);

    [Fact]
    public async Task A_mail_goes_out_over_SMTP()
    {
        using var server = new SmtpListener();
        await Sender($"smtp://us%40example.com:p%3Ass@127.0.0.1:{server.Port}").SendAsync(Mail, TestContext.Current.CancellationToken);
        await server.Served;
        Assert.Contains("MAIL FROM:<noreply@example.com>", server.Commands);
        Assert.Contains("RCPT TO:<ada@example.com>", server.Commands);
        Assert.Contains($"AUTH PLAIN {Convert.ToBase64String("\0us@example.com\0p:ss"u8)}", server.Commands);
        Assert.Equal("QUIT", server.Commands[^1]);

        using var bytes = new MemoryStream(Encoding.ASCII.GetBytes(server.Mail));
        MimeMessage mail = await MimeMessage.LoadAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(("Your code, Zoë", TokenRoom.Start), (mail.Subject, mail.Date));
        Assert.EndsWith("@example.com", mail.MessageId, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Contains("Line three", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_is_not_taken_throws_and_the_log_tells_all_but_the_address()
    {
        using var server = new SmtpListener(refuses: true);
        await Assert.ThrowsAsync<SmtpCommandException>(
            () => Sender($"smtp://user:secret@127.0.0.1:{server.Port}").SendAsync(Mail, TestContext.Current.CancellationToken));
        string line = Assert.Single(logs.All, line => line.Id.Id == 6001).Text;
        Assert.Contains($"127.0.0.1:{server.Port}", line, StringComparison.Ordinal);
        Assert.Contains("550", line, StringComparison.Ordinal);
        Assert.All(logs.All, all => Assert.DoesNotMatch("ada@example|secret|user:", all.Text));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_ten_seconds()
    {
        using var server = new SmtpListener(silent: true);
        Task sending = Sender($"smtp://127.0.0.1:{server.Port}").SendAsync(Mail, TestContext.Current.CancellationToken);
        await server.Connected;
        time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(1, logs.Count(6001));
    }

    [Fact]
    public async Task No_password_goes_out_before_TLS()
    {
        using var server = new SmtpListener();
        var address = new SmtpAddress("127.0.0.1", server.Port, SecureSocketOptions.StartTls, "user", "secret");
        await Assert.ThrowsAsync<NotSupportedException>(() => Sender(address).SendAsync(Mail, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("smtp://user:p%40ss@mail.example.com:2525", "mail.example.com", 2525, SecureSocketOptions.StartTls, "user", "p@ss")]
    [InlineData("smtp://mail.example.com", "mail.example.com", 587, SecureSocketOptions.StartTls, null, null)]
    [InlineData("smtps://user:pass@mail.example.com/", "mail.example.com", 465, SecureSocketOptions.SslOnConnect, "user", "pass")]
    [InlineData("smtp://localhost:25", "localhost", 25, SecureSocketOptions.None, null, null)]
    [InlineData("smtp://[::1]:25", "::1", 25, SecureSocketOptions.None, null, null)]
    [InlineData("smtps://127.0.0.1:465", "127.0.0.1", 465, SecureSocketOptions.SslOnConnect, null, null)]
    internal void An_address_says_where_how_and_as_whom(string text, string host, int port, SecureSocketOptions security, string? user, string? password)
    {
        SmtpAddress address = SmtpAddress.Parse(text)!;
        Assert.Equal(new SmtpAddress(host, port, security, user, password), address);
        Assert.Equal($"{host}:{port}", address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("mail.example.com")]
    [InlineData("mail.example.com:587")]
    [InlineData("http://mail.example.com")]
    [InlineData("smtp:///")]
    [InlineData("smtp://user@mail.example.com")]
    [InlineData("smtp://user:@mail.example.com")]
    [InlineData("smtp://:pass@mail.example.com")]
    [InlineData("smtp://user:p:ss@mail.example.com")]
    [InlineData("smtp://mail.example.com:0")]
    [InlineData("smtp://mail.example.com:99999")]
    [InlineData("smtp://mail.example.com/inbox")]
    [InlineData("smtp://mail.example.com?tls=false")]
    public void What_is_no_address_is_none(string text) => Assert.Null(SmtpAddress.Parse(text));

    [Theory]
    [InlineData(null, null, null, "Production", null)]
    [InlineData("smtp://mail.example.com", "noreply@example.com", null, "Production", null)]
    [InlineData(null, "Example <noreply@example.com>", "mails", "Development", null)]
    [InlineData("smtp://secret:secret@", "noreply@example.com", null, "Production", "Cambio:Email:Smtp must be")]
    [InlineData("smtp://mail.example.com", null, null, "Production", "Cambio:Email:From")]
    [InlineData("smtp://mail.example.com", "noreply", null, "Production", "Cambio:Email:From")]
    [InlineData("smtp://mail.example.com", "a@example.com, b@example.com", null, "Production", "Cambio:Email:From")]
    [InlineData(null, "noreply@example.com", "mails", "Production", "Cambio:Email:Folder is for the Development")]
    [InlineData("smtp://mail.example.com", "noreply@example.com", "mails", "Development", "both set")]
    public void Settings_that_no_mail_could_be_sent_with_are_mistakes(string? smtp, string? from, string? folder, string environment, string? expected)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Cambio:Email:Smtp", smtp), new("Cambio:Email:From", from), new("Cambio:Email:Folder", folder),
        ]).Build();
        string[] mistakes = [.. new EmailMistakes(configuration, new HostingEnvironment { EnvironmentName = environment }).Mistakes()];
        Assert.Equal(expected is null ? 0 : 1, mistakes.Length);
        Assert.All(mistakes, mistake => Assert.Contains(expected!, mistake, StringComparison.Ordinal));
        Assert.All(mistakes, mistake => Assert.DoesNotContain("secret", mistake, StringComparison.Ordinal));
    }

    private IEmailSender Sender(string address) => Sender(SmtpAddress.Parse(address)!);

    private SmtpEmailSender Sender(SmtpAddress address)
    {
        using ILoggerFactory factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        return new SmtpEmailSender(address, MailboxAddress.Parse("Example <noreply@example.com>"), time, factory.CreateLogger<SmtpEmailSender>());
    }
}
