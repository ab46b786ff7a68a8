using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>Verifies what came to an address, in the format of that address alone.</summary>
internal sealed class SignalReader(SignedRequest requests, LogoutToken logouts, SecurityEventToken events, NotificationToken notifications)
{
    /// <summary>The signal, or why it is refused.</summary>
    public Task<Result<Signal>> ReadAsync(SignalSource source, string token, CancellationToken cancellationToken) => source.Definition.Format switch
    {
        SignalFormat.SignedRequest => Task.FromResult(requests.Read(source, token)),
        SignalFormat.LogoutToken => logouts.ReadAsync(source, token, cancellationToken),
        SignalFormat.SecurityEventToken => events.ReadAsync(source, token, cancellationToken),
        _ => notifications.ReadAsync(source, token, cancellationToken),
    };
}
