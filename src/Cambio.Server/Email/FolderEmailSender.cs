using System.Globalization;
using System.Security.Cryptography;
using Cambio.Pipeline;
using MimeKit;

namespace Cambio.Server.Email;

/// <summary>Writes mails into a folder, for a developer to read.</summary>
internal sealed class FolderEmailSender(string folder, MailboxAddress from, TimeProvider time) : IEmailSender
{
    public async Task SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Directory.CreateDirectory(folder);
        string name = $"{now.ToString("yyyyMMdd'T'HHmmss.fff", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.eml";
        await EmailText.Write(message, from, now).WriteToAsync(Path.Combine(folder, name), cancellationToken);
    }
}
