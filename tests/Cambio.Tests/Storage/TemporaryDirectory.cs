using Microsoft.Data.Sqlite;

namespace Cambio.Tests.Storage;

/// <summary>A directory of the test's own, removed afterwards.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cambio-tests-").FullName;

    public string DataFile => System.IO.Path.Combine(Path, "data", "cambio.db");

    public string ConnectionString => $"Data Source={DataFile}";

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            // Pooled connections keep files open, and there an open file cannot be removed.
            SqliteConnection.ClearAllPools();
        }

        Directory.Delete(Path, recursive: true);
    }
}
