namespace Cambio.Server;

/// <summary>Where the server keeps its data: <c>Cambio:Store</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>The kind of database.</summary>
    public StoreKind Kind { get; set; } = StoreKind.Sqlite;

    /// <summary>How to reach it; for SQLite the file, relative to where the server is started.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/cambio.db";
}

/// <summary>The kinds of database that the server can use.</summary>
public enum StoreKind
{
    /// <summary>One file, nothing to install.</summary>
    Sqlite,
}
