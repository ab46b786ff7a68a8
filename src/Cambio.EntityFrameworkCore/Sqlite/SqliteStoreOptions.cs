namespace Cambio.EntityFrameworkCore.Sqlite;

/// <summary>Where the built-in context keeps its data.</summary>
internal sealed class SqliteStoreOptions
{
    /// <summary>The setting that an operator mends.</summary>
    public const string Setting = "Cambio:Store:ConnectionString";

    public string? ConnectionString { get; set; }
}
