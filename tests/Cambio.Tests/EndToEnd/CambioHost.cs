using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.EndToEnd;

/// <summary>The ready server on a free port of loopback, on an SQLite file of its own.</summary>
internal sealed class CambioHost : IAsyncDisposable
{
    private readonly Factory factory;
    private readonly DirectoryInfo folder;

    private CambioHost(Factory factory, DirectoryInfo folder)
    {
        this.factory = factory;
        this.folder = folder;
        Client = factory.CreateClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => factory.Services;

    /// <summary>Where the data stands, for whoever else opens it.</summary>
    public string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "cambio.db")}";

    public static CambioHost Start(
        IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? services = null, string environment = "Development")
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cambio-test-");
        var all = new Dictionary<string, string?> { ["Cambio:Store:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "cambio.db")}" };
        foreach ((string key, string? value) in settings ?? [])
        {
            all[key] = value;
        }

        var factory = new Factory(all, services, environment);
        factory.UseKestrel(0);
        try
        {
            factory.StartServer();
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }

        return new CambioHost(factory, folder);
    }

    public Task<Answer> ExchangeAsync(string provider, params (string Name, string? Value)[] members) =>
        PostFormAsync($"/auth/{provider}", members);

    public async Task<Answer> PostFormAsync(string path, params (string Name, string? Value)[] members)
    {
        using var content = new FormUrlEncodedContent(members.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Name, m.Value!)));
        return await Answer.ReadAsync(await Client.PostAsync(path, content));
    }

    public async Task<Answer> GetAsync(string path, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        return await Answer.ReadAsync(await Client.SendAsync(request));
    }

    /// <summary>How many rows each table holds, migrations and keys aside: what a refusal must leave as it was.</summary>
    public Dictionary<string, long> Rows() => Tables().ToDictionary(table => table.Name, table => (long)table.Rows.Length);

    /// <summary>Every row of every table, migrations and keys aside.</summary>
    public string Content() => string.Join('\n', Tables().SelectMany(table => table.Rows.Select(row => $"{table.Name}: {row}")));

    private List<(string Name, string[] Rows)> Tables()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "cambio.db")};Mode=ReadOnly");
        connection.Open();
        string[] names = Read(
            connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%migrations' AND name NOT LIKE '%keys'");
        return [.. names.Select(name => (name, Read(connection, $"SELECT * FROM \"{name}\" ORDER BY 1, 2")))];
    }

    private static string[] Read(SqliteConnection connection, string query)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}")));
        }

        return [.. rows];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await factory.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private sealed class Factory(Dictionary<string, string?> settings, Action<IServiceCollection>? services, string environment) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            foreach ((string key, string? value) in settings)
            {
                builder.UseSetting(key, value);
            }

            if (services is not null)
            {
                builder.ConfigureServices(services);
            }
        }
    }
}

/// <summary>What the server answered.</summary>
internal sealed record Answer(int Status, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? Error => Json.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;

    /// <summary>The private reason, which the Development environment tells.</summary>
    public string? Reason => Json.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null;

    public string AccessToken => Json.GetProperty("access_token").GetString()!;

    public string UserId => Json.GetProperty("user").GetProperty("id").GetString()!;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        }
    }
}
