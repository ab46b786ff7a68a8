using MimeKit;

namespace Cambio.Server.Email;

/// <summary>Settings of mail that no mail could be sent with.</summary>
internal sealed class EmailMistakes(IConfiguration configuration, IHostEnvironment environment) : IStartCheck
{
    public IEnumerable<string> Mistakes()
    {
        EmailOptions options = EmailRegistration.Read(configuration);
        if (options is { Smtp: null, Folder: null })
        {
            yield break;
        }

        if (options is { Smtp: not null, Folder: not null })
        {
            yield return "Cambio:Email:Smtp and Cambio:Email:Folder are both set: send mails or write them to a folder, and remove the other.";
        }

        if (options.Smtp is { } smtp && SmtpAddress.Parse(smtp) is null)
        {
            yield return "Cambio:Email:Smtp must be smtp://user:password@host:587 or smtps://user:password@host:465, user and password percent-encoded or left out.";
        }

        if (options.Folder is not null && !environment.IsDevelopment())
        {
            yield return $"Cambio:Email:Folder is for the Development environment alone, and this is {environment.EnvironmentName}: set Cambio:Email:Smtp instead.";
        }

        if (Sender(options.From) is null)
        {
            yield return "Cambio:Email:From must name the sender of mails, such as noreply@example.com or Example <noreply@example.com>.";
        }
    }

    /// <summary>The sender in the setting, or null when it is none.</summary>
    public static MailboxAddress? Sender(string? from) =>
        MailboxAddress.TryParse(from, out MailboxAddress? sender) && sender.Domain is { Length: > 0 } ? sender : null;
}
