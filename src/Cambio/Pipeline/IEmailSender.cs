namespace Cambio.Pipeline;

/// <summary>
/// Sends mails to users, for steps that confirm an address. Register one as a singleton; the ready server has one as soon as it is set up.
/// </summary>
public interface IEmailSender
{
    /// <summary>Hands a mail over for delivery. The user waits meanwhile, so give up within some ten seconds.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    /// <exception cref="Exception">
    /// The mail was not taken, whatever the exception: the exchange answers 503 <c>temporarily_unavailable</c>, and its type alone is logged.
    /// </exception>
    Task SendAsync(EmailMessage message, CancellationToken cancellationToken);
}

/// <summary>A mail of plain text. Never prints itself.</summary>
/// <param name="To">The address, without a name.</param>
/// <param name="Subject">The subject, one line.</param>
/// <param name="Text">The text; line ends are <c>\n</c>.</param>
public sealed record EmailMessage(string To, string Subject, string Text)
{
    /// <summary>Nothing; address and code are the user's.</summary>
    public override string ToString() => "mail [redacted]";
}
