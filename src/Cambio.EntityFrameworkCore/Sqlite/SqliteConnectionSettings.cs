using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cambio.EntityFrameworkCore.Sqlite;

/// <summary>
/// Sets up each connection. <c>synchronous = NORMAL</c> on purpose: with a write-ahead log a crash of the process loses nothing and a
/// power cut at most the last moments, never the file's integrity. A lost sign-in or refresh is repeated by its user, and a replay record
/// protects a credential of minutes. FULL would wait for the disk in every exchange.
/// </summary>
internal sealed class SqliteConnectionSettings(SqliteFile file) : DbConnectionInterceptor
{
    private readonly string pragmas = string.Create(
        CultureInfo.InvariantCulture, $"PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = {file.BusyTimeout.TotalMilliseconds:0};");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
