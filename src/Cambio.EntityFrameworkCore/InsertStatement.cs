using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cambio.EntityFrameworkCore;

/// <summary>INSERT as one statement, its text written from the model: EF's own way to save cannot say ON CONFLICT.</summary>
internal static class InsertStatement
{
    /// <summary>Inserts <paramref name="row"/> and says how many rows were written; <paramref name="onConflict"/> is the clause after VALUES.</summary>
    public static Task<int> InsertAsync<TRow>(this DbContext context, TRow row, string onConflict, CancellationToken cancellationToken)
        where TRow : class
    {
        IEntityType type = context.Model.FindEntityType(typeof(TRow))
            ?? throw new InvalidOperationException($"{context.GetType().Name} has no {typeof(TRow).Name}: call modelBuilder.UseCambio() in OnModelCreating.");
        string sql = type.GetOrAddRuntimeAnnotationValue(
            "cambio-insert" + onConflict,
            static from => Write(from.type, from.helper) + from.onConflict,
            (type, helper: context.GetService<ISqlGenerationHelper>(), onConflict));
        object?[] values = [.. type.GetProperties().Select(property => Value(property, row))];
        return context.Database.ExecuteSqlRawAsync(sql, values!, cancellationToken);
    }

    private static string Write(IEntityType type, ISqlGenerationHelper sql)
    {
        string table = sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
        IEnumerable<string> columns = type.GetProperties().Select(property => sql.DelimitIdentifier(property.GetColumnName()));
        IEnumerable<string> values = type.GetProperties().Select(static (_, index) => string.Create(CultureInfo.InvariantCulture, $"{{{index}}}"));
        return $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", values)})";
    }

    private static object? Value(IProperty property, object row)
    {
        object? value = property.GetGetter().GetClrValue(row);
        return property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}
