using System.Data.Common;

namespace Cambio.EntityFrameworkCore;

/// <summary>What differs between databases; everything else of the store is the same on each.</summary>
internal interface IDatabaseEngine
{
    /// <summary>Waits for the right to write; disposing the turn gives it back.</summary>
    Task<IDisposable> EnterAsync(CancellationToken cancellationToken);

    /// <summary>The storage room's exception for the database's own, or null when it tells of a mistake in this program.</summary>
    Exception? Translate(DbException exception);
}
