using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Pipeline;

/// <summary>Hands the mails of an interrupted exchange to the application's sender, outside any transaction.</summary>
internal sealed class EmailOutlet(ILogger<EmailOutlet> logger, IEmailSender? sender = null)
{
    /// <summary>True when every mail was taken.</summary>
    /// <exception cref="InvalidOperationException">A step sends mail, and nobody registered a sender.</exception>
    public async Task<bool> SendAsync(IReadOnlyCollection<EmailMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return true;
        }

        if (sender is null)
        {
            throw new InvalidOperationException($"A step of the pipeline sends mail, and no {nameof(IEmailSender)} is registered.");
        }

        try
        {
            foreach (EmailMessage message in messages)
            {
                await sender.SendAsync(message, cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the sender is the application's; what it says may hold the address, so its kind alone is logged.
            Log.EmailNotSent(logger, sender.GetType().Name, e.GetType().Name);
            return false;
        }
    }
}
