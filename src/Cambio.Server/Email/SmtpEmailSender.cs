using Cambio.Pipeline;
using MailKit.Net.Smtp;
using MimeKit;

namespace Cambio.Server.Email;

/// <summary>Hands mails to the mail server of the settings, one connection each.</summary>
internal sealed partial class SmtpEmailSender(SmtpAddress server, MailboxAddress from, TimeProvider time, ILogger<SmtpEmailSender> logger) : IEmailSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await SendAsync(EmailText.Write(message, from, time.GetUtcNow()), either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Its text may repeat the address, so it stays out of the log.
            NotSent(logger, server, e.GetType().Name, (int?)(e as SmtpCommandException)?.StatusCode);
            throw;
        }
    }

    private async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(server.Host, server.Port, server.Security, cancellationToken);
        if (server is { User: { } user, Password: { } password })
        {
            await client.AuthenticateAsync(user, password, cancellationToken);
        }

        await client.SendAsync(mail, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    [LoggerMessage(6001, LogLevel.Error, "The mail server {Server} did not take a mail: {Problem}, status {Status}")]
    private static partial void NotSent(ILogger logger, SmtpAddress server, string problem, int? status);
}
