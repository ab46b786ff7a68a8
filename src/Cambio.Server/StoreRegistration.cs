using Cambio.EntityFrameworkCore;

namespace Cambio.Server;

/// <summary>Adds the store that the settings name.</summary>
internal static class StoreRegistration
{
    public static CambioBuilder AddStore(this CambioBuilder builder, IConfiguration configuration)
    {
        // The only kind so far; the start check refuses any other.
        builder.Services.AddSingleton(new SettingsSection("Store", typeof(StoreOptions)));
        return builder.AddSqliteStore(configuration["Cambio:Store:ConnectionString"] ?? new StoreOptions().ConnectionString);
    }
}
