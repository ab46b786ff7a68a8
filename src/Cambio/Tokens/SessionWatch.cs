using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Says whether the session of an access token is still good, as often as the setting <c>Cambio:Tokens:SessionCheck</c> asks the store.</summary>
internal sealed class SessionWatch(Sessions sessions, IOptions<CambioOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>How long an answer counts under <see cref="SessionCheck.WithinSeconds"/>.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    /// <summary>How many answers are kept. Sessions beyond that cost a query for each call, no memory.</summary>
    public const int MostAnswers = 100_000;

    private readonly SessionCheck check = options.Value.Tokens.SessionCheck;
    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = MostAnswers });

    /// <summary>False: the setting asks nothing, and nobody has to ask here.</summary>
    public bool IsOn => check != SessionCheck.AtExpiry;

    /// <exception cref="Storage.StoreUnavailableException">The store cannot serve, so nobody knows.</exception>
    public async ValueTask<bool> IsGoodAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (check == SessionCheck.AtOnce)
        {
            return (await sessions.FindAsync(sessionId, cancellationToken)).IsSuccess;
        }

        // The age counts from before the query, and by our clock: the cache's own serves to forget.
        long asked = time.GetTimestamp();
        if (answers.TryGetValue(sessionId, out Answer? known) && time.GetElapsedTime(known!.AskedAt, asked) < Memory)
        {
            return known.Good;
        }

        bool good = (await sessions.FindAsync(sessionId, cancellationToken)).IsSuccess;
        answers.Set(sessionId, new Answer(asked, good), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Memory });
        return good;
    }

    public void Dispose() => answers.Dispose();

    private sealed record Answer(long AskedAt, bool Good);
}
