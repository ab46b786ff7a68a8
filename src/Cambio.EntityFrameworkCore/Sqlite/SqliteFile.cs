using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Cambio.EntityFrameworkCore.Sqlite;

/// <summary>The data file of the built-in context.</summary>
internal sealed class SqliteFile(IOptions<SqliteStoreOptions> options)
{
    private readonly SqliteConnectionStringBuilder settings = Complete(options.Value.ConnectionString);

    public string ConnectionString => settings.ConnectionString;

    public string Path => settings.DataSource;

    /// <summary>How long a statement waits for a writer of another process.</summary>
    public TimeSpan BusyTimeout => TimeSpan.FromSeconds(settings.DefaultTimeout);

    public static bool IsFile(string dataSource) =>
        dataSource.Length > 0 && dataSource != ":memory:" && !dataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Creates the parent directory when it is missing, closed to other users: the key ring lies in it.</summary>
    public void CreateDirectory()
    {
        string directory = System.IO.Path.GetDirectoryName(Path) ?? Path;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>
    /// Waits until no other process is starting on this file. A lock of the operating system, taken by SQLite on an empty file beside
    /// it: unlike Entity Framework's lock table, it does not outlive a killed process.
    /// </summary>
    public async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var beside = new SqliteConnectionStringBuilder { DataSource = Path + ".lock", Pooling = false, DefaultTimeout = 60 };
        var connection = new SqliteConnection(beside.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await connection.BeginTransactionAsync(cancellationToken);
        return connection;
    }

    private static SqliteConnectionStringBuilder Complete(string? connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        settings.DataSource = System.IO.Path.GetFullPath(settings.DataSource);
        if (!settings.ShouldSerialize("Default Timeout"))
        {
            settings.DefaultTimeout = 5;
        }

        return settings;
    }
}
