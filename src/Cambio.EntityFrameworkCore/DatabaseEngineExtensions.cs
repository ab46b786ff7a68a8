using System.Data.Common;

namespace Cambio.EntityFrameworkCore;

/// <summary>Runs statements so that only the storage room's exceptions come out.</summary>
internal static class DatabaseEngineExtensions
{
    public static async Task<T> GuardAsync<T>(this IDatabaseEngine engine, Func<Task<T>> statement)
    {
        try
        {
            return await statement();
        }
        catch (DbException exception) when (engine.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public static Task GuardAsync(this IDatabaseEngine engine, Func<Task> statement) => engine.GuardAsync(async () =>
    {
        await statement();
        return true;
    });
}
