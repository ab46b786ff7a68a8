using Cambio.EntityFrameworkCore.Tables;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore.Sqlite;

/// <summary>Says in the schema what SQLite does anyway: identities are compared byte for byte.</summary>
internal static class SqliteCollation
{
    public static void Apply(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LoginRow>().Property(static login => login.Provider).UseCollation("BINARY");
        modelBuilder.Entity<LoginRow>().Property(static login => login.Subject).UseCollation("BINARY");
    }
}
