using System.Text;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tests.Storage;
using Cambio.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Vault;

public sealed class InMemoryRefreshTests : RefreshContract
{
    private protected override Task<IStore> StartStoreAsync() => Task.FromResult<IStore>(new InMemoryStore());

    private protected override Task StopStoreAsync() => Task.CompletedTask;
}

public sealed class SqliteRefreshTests : RefreshContract
{
    private readonly TemporaryDirectory directory = new();
    private IHost host = null!;

    [Fact]
    public async Task No_token_stands_in_the_file_in_clear()
    {
        UserRef user = await Room.KeepAsync(new ProviderTokens("plain-access-token", "plain-refresh-token", VaultRoom.Start));
        await AssertHiddenAsync("plain-access-token", "plain-refresh-token");

        await Room.AskAsync(user);

        await AssertHiddenAsync("plain-access-token", "plain-refresh-token", "access-2", "refresh-2");
    }

    private protected override async Task<IStore> StartStoreAsync()
    {
        host = await StoreHost.StartSqliteAsync(directory.ConnectionString + ";Default Timeout=30");
        return host.Store();
    }

    private protected override async Task StopStoreAsync()
    {
        await host.StopAsync();
        host.Dispose();
        SqliteConnection.ClearAllPools();
        directory.Dispose();
    }

    private async Task AssertHiddenAsync(params string[] texts)
    {
        string[] files = Directory.GetFiles(Path.GetDirectoryName(directory.DataFile)!);
        Assert.Contains(files, file => new FileInfo(file).Length > 0);
        foreach (string file in files)
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            string content = await reader.ReadToEndAsync();
            Assert.All(texts, text => Assert.DoesNotContain(text, content, StringComparison.Ordinal));
        }
    }
}
