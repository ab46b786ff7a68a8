using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using static Cambio.EntityFrameworkCore.Sqlite.SqliteStoreOptions;

namespace Cambio.EntityFrameworkCore.Sqlite;

/// <summary>Refuses a connection string that names no file.</summary>
internal sealed class SqliteStoreValidator : IValidateOptions<SqliteStoreOptions>
{
    private const string Example = "for example \"Data Source=data/cambio.db\"";

    public ValidateOptionsResult Validate(string? name, SqliteStoreOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            return ValidateOptionsResult.Fail($"{Setting} is missing: set it to {Example}.");
        }

        try
        {
            var parsed = new SqliteConnectionStringBuilder(options.ConnectionString);
            return parsed.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly || !SqliteFile.IsFile(parsed.DataSource)
                ? ValidateOptionsResult.Fail($"{Setting} must name a file that can be written, {Example}: a database in memory would be a new one for every connection.")
                : ValidateOptionsResult.Success;
        }
        catch (ArgumentException)
        {
            return ValidateOptionsResult.Fail($"{Setting} is not a connection string of SQLite: set it to {Example}.");
        }
    }
}
