using System.Data.Common;
using Cambio.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.Storage;

/// <summary>Writes down the statements that reach a SQLite store, and asks SQLite how it runs them.</summary>
internal sealed class StatementRecorder : IDbCommandInterceptor
{
    private readonly List<(string Text, SqliteParameter[] Parameters)> statements = [];

    public IEnumerable<string> Verbs => statements.Select(static statement => statement.Text[..6]);

    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<CambioDbContext>(options => options.AddInterceptors(this));

    public void Clear() => statements.Clear();

    /// <summary>The lines of the plans of all statements: <c>SEARCH … USING INDEX …</c> where an index leads to the rows, <c>SCAN …</c> where none does.</summary>
    public IReadOnlyList<string> Plans(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        return [.. statements.ToArray().SelectMany(statement => Plan(connection, statement.Text, statement.Parameters))];
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Record(command, result));

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Record(command, result));

    private static IEnumerable<string> Plan(SqliteConnection connection, string text, SqliteParameter[] parameters)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
        command.Parameters.AddRange(parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetString(reader.GetOrdinal("detail"));
        }
    }

    private T Record<T>(DbCommand command, T result)
    {
        statements.Add((command.CommandText, [.. command.Parameters.Cast<SqliteParameter>().Select(static parameter =>
            new SqliteParameter(parameter.ParameterName, parameter.Value))]));
        return result;
    }
}
