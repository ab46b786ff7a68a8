using Cambio.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MinimalApi;

/// <summary>The application's own context; Cambio's tables stand in it beside the application's.</summary>
internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseCambio();
}
