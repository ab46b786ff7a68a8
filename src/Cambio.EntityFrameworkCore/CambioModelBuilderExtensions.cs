using System.Text.Json;
using Cambio.EntityFrameworkCore.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cambio.EntityFrameworkCore;

/// <summary>Cambio's tables in a model.</summary>
public static class CambioModelBuilderExtensions
{
    /// <summary>
    /// Adds Cambio's tables, all named <c>cambio_…</c>, to the model of an application's own context. Call it in
    /// <c>OnModelCreating</c>; the application's migrations then carry the tables.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <returns>The same <paramref name="modelBuilder"/>.</returns>
    public static ModelBuilder UseCambio(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        return modelBuilder
            .Add<UserRow>(UserRow.Map)
            .Add<LoginRow>(LoginRow.Map)
            .Add<SessionRow>(SessionRow.Map)
            .Add<RefreshTokenRow>(RefreshTokenRow.Map)
            .Add<ApiTokenRow>(ApiTokenRow.Map)
            .Add<ProviderTokenRow>(ProviderTokenRow.Map)
            .Add<ReplayRow>(ReplayRow.Map)
            .Add<OneTimeCodeRow>(OneTimeCodeRow.Map)
            .Add<SigningKeyRow>(SigningKeyRow.Map)
            .Add<DataProtectionKeyRow>(DataProtectionKeyRow.Map);
    }

    private static ModelBuilder Add<TRow>(this ModelBuilder modelBuilder, Action<EntityTypeBuilder<TRow>> map)
        where TRow : class
    {
        EntityTypeBuilder<TRow> table = modelBuilder.Entity<TRow>();
        map(table);
        foreach (IMutableProperty property in table.Metadata.GetProperties())
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            if (property.ClrType == typeof(DateTimeOffset) || property.ClrType == typeof(DateTimeOffset?))
            {
                property.SetValueConverter(new UnixTime());
            }
        }

        return modelBuilder;
    }
}
