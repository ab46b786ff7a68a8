using System.Globalization;
using System.Text.Json;
using Cambio.Server.Commands.Keys;
using Cambio.Storage;
using Cambio.Tests.Storage;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;
using EndToEndHost = Cambio.Tests.EndToEnd.CambioHost;
using EndToEndTests = Cambio.Tests.EndToEnd.SandboxTests;

namespace Cambio.Tests.Server;

/// <summary>The commands beside a server that runs on the same file.</summary>
public sealed class KeysCommandTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Keys_lists_what_the_server_signs_with()
    {
        await using EndToEndHost host = EndToEndHost.Start();
        ProtectedSigningKey key = Assert.Single(await Store(host).ListAsync(None));

        CommandRun run = await RunAsync(host, "keys");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] cells = run.Lines[1].Split("  ", StringSplitOptions.RemoveEmptyEntries);
        string made = key.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        Assert.Equal(["ID", "ALG", "STATE", "MADE", "SIGNS FROM", "GONE AFTER"], run.Lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(static cell => cell.Trim()));
        Assert.Equal([key.Id, "ES256", "signing", made, made, "-"], cells.Select(static cell => cell.Trim()));
        Assert.Equal(2, run.Lines.Length);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, 120));
    }

    [Fact]
    public async Task Keys_as_JSON_says_the_same()
    {
        await using EndToEndHost host = EndToEndHost.Start([new("Cambio:Tokens:SigningAlgorithm", "RS256")]);
        ProtectedSigningKey key = Assert.Single(await Store(host).ListAsync(None));

        JsonElement only = Assert.Single(JsonSerializer.Deserialize<JsonElement[]>((await RunAsync(host, "keys", "--json")).Output)!);

        Assert.Equal(["id", "algorithm", "state", "made", "signs_from"], only.EnumerateObject().Select(static member => member.Name));
        Assert.Equal((key.Id, "RS256", "signing"), (only.GetProperty("id").GetString(), only.GetProperty("algorithm").GetString(), only.GetProperty("state").GetString()));
        Assert.Equal(key.CreatedAt, only.GetProperty("made").GetDateTimeOffset());
    }

    [Fact]
    public void The_table_holds_every_state_with_its_times()
    {
        var schedule = new SigningKeySchedule(
        [
            new("k1", 1, "ES256", [], Now.AddDays(-100), Now.AddDays(-100)),
            new("k2", 2, "ES256", [], Now.AddDays(-10), Now.AddDays(-10), Now.AddHours(-3)),
            new("k3", 3, "ES256", [], Now.AddHours(-3), Now.AddHours(-3)),
            new("k4", 4, "RS256", [], Now, Now.AddHours(1)),
        ]);

        Assert.Equal(
            [
                "ID  ALG    STATE      MADE               SIGNS FROM         GONE AFTER",
                "k1  ES256  retired    2026-02-06 12:00Z  2026-02-06 12:00Z  2026-05-08 13:00Z",
                "k2  ES256  retired    2026-05-07 12:00Z  2026-05-07 12:00Z  2026-05-17 09:00Z",
                "k3  ES256  signing    2026-05-17 09:00Z  2026-05-17 09:00Z  2026-05-18 14:00Z",
                "k4  RS256  announced  2026-05-17 12:00Z  2026-05-17 13:00Z  -",
            ],
            KeysTable.Lines(KeyFacts.Of(schedule, Now)));
    }

    [Fact]
    public async Task Retiring_the_key_of_a_running_server_ends_its_tokens_and_another_signs_at_once()
    {
        await using EndToEndHost host = EndToEndHost.Start([new("Cambio:Sandbox:Enabled", "true")]);
        EndToEnd.Answer signedIn = await EndToEndTests.ExchangeAccessTokenAsync(host, "google", "ada");
        string retired = await OnlyPublishedAsync(host);
        Assert.Equal(200, (await host.GetAsync("/auth/me", signedIn.AccessToken)).Status);

        CommandRun run = await RunAsync(host, "keys", "retire", retired);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"{retired} is retired.", run.Lines[0]);
        Assert.All(["Within a minute", "401", "at once, without the hour", "15 minutes"], said => Assert.Contains(said, run.Output, StringComparison.Ordinal));

        await host.Services.GetRequiredService<SigningKeyRing>().RefreshAsync(None);
        Assert.NotEqual(retired, await OnlyPublishedAsync(host));
        Assert.Equal(401, (await host.GetAsync("/auth/me", signedIn.AccessToken)).Status);
        EndToEnd.Answer refreshed = await host.PostFormAsync(
            "/auth/token", ("grant_type", "refresh_token"), ("refresh_token", signedIn.Json.GetProperty("refresh_token").GetString()));
        Assert.Equal(200, (await host.GetAsync("/auth/me", refreshed.AccessToken)).Status);

        string[] states = [.. (await RunAsync(host, "keys")).Lines[1..].Select(static line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[2].Trim())];
        Assert.Equal(["retired", "signing"], states);
    }

    [Fact]
    public async Task Retiring_a_key_twice_changes_nothing()
    {
        await using EndToEndHost host = EndToEndHost.Start();
        string id = Assert.Single(await Store(host).ListAsync(None)).Id;
        await RunAsync(host, "keys", "retire", id);

        CommandRun run = await RunAsync(host, "keys", "retire", id);

        Assert.Equal((0, $"{id} was retired before; nothing is to be done.", ""), (run.ExitCode, run.Lines[0], run.Error));
    }

    [Theory]
    [InlineData("k1", "It was not the one that signs; k2 still does.")]
    [InlineData("k2", "It was the one that signs: k3, the next one, signs at once, without waiting for the rest of its hour of announcement.")]
    [InlineData("k3", "It was not the one that signs; k2 still does.")]
    public async Task What_happens_next_depends_on_the_key(string id, string said)
    {
        await using EndToEndHost host = EndToEndHost.Start();
        ISigningKeyStore store = Store(host);
        ProtectedSigningKey made = Assert.Single(await store.ListAsync(None));
        await store.DeleteAsync(made.Id, None);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        await store.TryAddAsync(new("k1", 1, "ES256", [1], now.AddDays(-80), now.AddDays(-80)), None);
        await store.TryAddAsync(new("k2", 2, "ES256", [2], now.AddDays(-1), now.AddHours(-5)), None);
        await store.TryAddAsync(new("k3", 3, "ES256", [3], now, now.AddHours(1)), None);

        CommandRun run = await RunAsync(host, "keys", "retire", id);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-key")]
    [InlineData("-begins_with_a_dash")]
    [InlineData("-h0123")]
    [InlineData("--json-like")]
    public async Task An_unknown_key_is_told_and_nothing_is_retired(string id)
    {
        await using EndToEndHost host = EndToEndHost.Start();

        CommandRun run = await RunAsync(host, "keys", "retire", id);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal($"The store has no signing key with the id {id}. The command keys lists those that it has.\n", run.Error);
        Assert.Null(Assert.Single(await Store(host).ListAsync(None)).RetiredAt);
    }

    [Fact]
    public async Task Without_a_key_id_nothing_is_retired()
    {
        await using EndToEndHost host = EndToEndHost.Start();

        CommandRun run = await CommandRun.Of("keys", "retire");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("retire", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a connection string", "is not a connection string of SQLite")]
    [InlineData("", "Cambio:Store:ConnectionString is missing")]
    [InlineData("Data Source=:memory:", "must name a file")]
    public async Task A_wrong_setting_is_told_as_the_server_tells_it(string connection, string said)
    {
        CommandRun run = await CommandRun.Of("keys", $"--Cambio:Store:ConnectionString={connection}");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_store_of_ours_is_told_and_left_as_it_is()
    {
        using var directory = new TemporaryDirectory();
        string file = Path.Combine(directory.Path, "other.db");
        await File.WriteAllTextAsync(file, "Not a database, and long enough to be read as one that is broken.", None);

        CommandRun run = await CommandRun.Of("keys", "--Cambio:Store:ConnectionString", $"Data Source={file};Pooling=false");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The store cannot be used: ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("Not a database", await File.ReadAllTextAsync(file, None), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task An_empty_store_has_no_key_yet()
    {
        await using EndToEndHost host = EndToEndHost.Start();
        await Store(host).DeleteAsync(Assert.Single(await Store(host).ListAsync(None)).Id, None);

        Assert.Equal(["There is no key yet: the server makes the first one when it starts."], (await RunAsync(host, "keys")).Lines);
    }

    private static ISigningKeyStore Store(EndToEndHost host) => host.Services.GetRequiredService<ISigningKeyStore>();

    private static Task<CommandRun> RunAsync(EndToEndHost host, params string[] command) =>
        CommandRun.Of([.. command, "--environment", "Development", "--Cambio:Store:ConnectionString", host.ConnectionString]);

    private static async Task<string> OnlyPublishedAsync(EndToEndHost host) =>
        Assert.Single((await host.GetAsync("/auth/jwks")).Json.GetProperty("keys").EnumerateArray()).GetProperty("kid").GetString()!;
}
