using System.Collections.Frozen;
using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>The keys as they were last listed.</summary>
internal sealed class SigningKeySet
{
    private readonly FrozenDictionary<string, SigningKey> opened;

    /// <param name="schedule">The life of the keys that are opened, and of those that were retired early.</param>
    /// <param name="opened">The keys that may be used.</param>
    public SigningKeySet(SigningKeySchedule schedule, IEnumerable<SigningKey> opened)
    {
        Schedule = schedule;
        this.opened = opened.ToFrozenDictionary(static key => key.Id, StringComparer.Ordinal);
    }

    public SigningKeySchedule Schedule { get; }

    /// <summary>The key with this id, whether it still verifies or not; never a retired one.</summary>
    public SigningKey? Held(string id) => opened.GetValueOrDefault(id);

    /// <summary>The key with this id among those that still verify: the published ones.</summary>
    public SigningKey? Find(string id, DateTimeOffset now) =>
        Held(id) is { } key && !(Schedule.PublishedUntil(key.Stored) <= now) ? key : null;

    /// <summary>The key that signs.</summary>
    /// <exception cref="StoreUnavailableException">It was retired, and the store cannot take the new one.</exception>
    public SigningKey Signing(DateTimeOffset now) => Schedule.Signing(now) is { } key
        ? opened[key.Id]
        : throw new StoreUnavailableException("The signing key was retired, and the store could not take a new one yet.");

    // Of a key that was retired by a clock ahead of ours the schedule still knows, but it was not opened.
    public IEnumerable<SigningKey> Published(DateTimeOffset now) => Schedule.Published(now).Select(key => Held(key.Id)).OfType<SigningKey>();
}
