using Cambio.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Cambio.Tests.Storage;

/// <summary>An application's own context with Cambio's tables beside its own.</summary>
public sealed class ApplicationContext(DbContextOptions<ApplicationContext> options) : DbContext(options)
{
    internal DbSet<Note> Users => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Note>().ToTable("users");
        modelBuilder.UseCambio();
    }

    internal sealed class Note
    {
        public int Id { get; init; }

        public DateTimeOffset WrittenAt { get; init; }
    }
}
