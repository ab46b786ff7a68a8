using Cambio.Pipeline;
using MimeKit;
using MimeKit.Utils;

namespace Cambio.Server.Email;

/// <summary>Writes a mail as RFC 5322 has it.</summary>
internal static class EmailText
{
    public static MimeMessage Write(EmailMessage message, MailboxAddress from, DateTimeOffset now)
    {
        var mail = new MimeMessage
        {
            Date = now,
            Subject = message.Subject,
            Body = new TextPart("plain") { Text = message.Text },

            // Not the name of this machine, which is nobody's business.
            MessageId = MimeUtils.GenerateMessageId(from.Domain),
        };
        mail.From.Add(from);
        mail.To.Add(MailboxAddress.Parse(message.To));

        // RFC 3834 5: no out-of-office answers to this.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }
}
