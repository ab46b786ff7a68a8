using Cambio.EntityFrameworkCore;

namespace Cambio.Server;

/// <summary>Adds the store that the settings name.</summary>
internal static class StoreRegistration
{
    public static CambioBuilder AddStore(this CambioBuilder builder, IConfiguration configuration, StoreUse use)
    {
        // The only kind so far; the start check refuses any other.
        builder.Services.AddSingleton(new SettingsSection("Store", typeof(StoreOptions)));
        string connection = configuration["Cambio:Store:ConnectionString"] ?? new StoreOptions().ConnectionString;

        // Of two modes the later one counts, and this one opens a file and makes none.
        return builder.AddSqliteStore(use == StoreUse.Existing && connection.Length > 0 ? $"{connection};Mode=ReadWrite" : connection);
    }
}
