using Cambio.EntityFrameworkCore.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>A context with nothing but Cambio's tables, for servers that need no context of their own. Its migrations are part of this package.</summary>
/// <param name="options">The options.</param>
public sealed class CambioDbContext(DbContextOptions<CambioDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseCambio();
        if (Database.IsSqlite())
        {
            SqliteCollation.Apply(modelBuilder);
        }
    }
}
