using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Cambio.Pipeline;
using Cambio.Telemetry;
using Cambio.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cambio.Tests.EndToEnd;

public sealed class TelemetryTests
{
    private static readonly string[] EverythingLogged = ["Logging:LogLevel:Default", "Logging:LogLevel:Microsoft", "Logging:LogLevel:System", "Logging:LogLevel:Microsoft.AspNetCore"];

    [Fact]
    public async Task No_token_code_secret_or_address_of_a_person_stands_in_any_log_line_trace_or_metric()
    {
        var seen = new ConcurrentQueue<string>();
        using ActivityListener activities = ListenToActivities(seen);
        using MeterListener meters = ListenToMeters(seen);

        // The fakes run on a server of their own: what arrives there, tokens in addresses among it, is not our log.
        await using FakedHost faked = await StartAsync(seen);
        CambioHost host = faked.Host;

        var canaries = new HashSet<string>(StringComparer.Ordinal);
        foreach (string provider in new[] { "google", "facebook", "github", "microsoft", "apple", "gitlab", "discord", "linkedin" })
        {
            MintedCredentials minted = faked.Fakes[provider].Mint($"canary {provider}");
            canaries.UnionWith(new[] { minted.AccessToken, minted.IdToken, minted.Code, minted.Nonce, minted.CodeVerifier, faked.Fakes[provider].ClientSecret }.OfType<string>());
            foreach (string kind in new[] { "access_token", "id_token", "code" })
            {
                Answer answer = await faked.ExchangeAsync(provider, kind, minted);
                if (answer.Status == 200)
                {
                    Collect(canaries, answer);
                    canaries.Add((await RefreshAsync(host, answer)).AccessToken);
                }
            }
        }

        // Refused ones, too: a forged token and a name with line ends.
        canaries.Add("canary-forged-token");
        await host.ExchangeAsync("google", ("access_token", "canary-forged-token"));
        await host.ExchangeAsync("facebook", ("access_token", "canary-forged-token"));
        await host.GetAsync("/auth/me", "canary-forged-token");

        Assert.Contains(seen, line => line.Contains("exchange", StringComparison.Ordinal));
        Assert.True(canaries.Count > 60, $"{canaries.Count} canaries");
        Assert.Empty(from line in seen from canary in canaries where canary.Length > 8 && line.Contains(canary, StringComparison.OrdinalIgnoreCase) select $"{canary}: {line}");
    }

    [Fact]
    public async Task Each_exchange_writes_exactly_one_audit_event_with_the_private_reason()
    {
        var sink = new AuditEvents();
        await using CambioHost host = CambioHost.Start([new("Cambio:Sandbox:Enabled", "true")], services => services.AddSingleton<IAuditSink>(sink));
        JsonElement minted = await SandboxTests.MintAsync(host, "google", "ada");

        (Func<Task> Call, string Outcome, string Reason)[] cases =
        [
            (() => host.ExchangeAsync("google", SandboxTests.Body("id_token", minted)), "success", "Create"),
            (() => host.ExchangeAsync("google", SandboxTests.Body("access_token", minted)), "success", "SignIn"),
            (() => host.ExchangeAsync("google", SandboxTests.Body("id_token", minted)), "invalid_grant", "credential_replayed"),
            (() => host.ExchangeAsync("apple", ("access_token", "x")), "credential_not_accepted", "no_audience_proof"),
            (() => host.ExchangeAsync("nobody", ("access_token", "x")), "unknown_provider", "unknown_provider"),
            (() => host.ExchangeAsync("google"), "invalid_request", "malformed_request"),
            (() => host.ExchangeAsync("google", ("access_token", "a"), ("code", "b")), "invalid_request", "malformed_request"),
        ];
        foreach ((Func<Task> call, string outcome, string reason) in cases)
        {
            sink.Clear();
            await call();
            AuditEvent e = Assert.Single(sink.All);
            Assert.Equal((outcome, reason), (e.Outcome, e.Reason));
            Assert.Equal("exchange", e.Action);
            Assert.NotNull(e.TraceId);
        }
    }

    [Fact]
    public async Task An_exchange_that_breaks_in_a_step_of_the_application_is_audited_and_leaves_nothing()
    {
        var sink = new AuditEvents();
        await using CambioHost host = CambioHost.Start(
            [new("Cambio:Sandbox:Enabled", "true"), new("Cambio:Pipeline", "find-login, create-user, save-login, broken")],
            services => services.AddSingleton<IAuditSink>(sink).AddKeyedSingleton<IExchangeStep, Broken>("broken").AddSingleton(new StepName("broken")));
        Answer answer = await SandboxTests.ExchangeAccessTokenAsync(host, "google", "ada");
        Assert.Equal((500, "server_error"), (answer.Status, answer.Error));
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
        AuditEvent e = Assert.Single(sink.All);
        Assert.Equal(("server_error", "unexpected_exception"), (e.Outcome, e.Reason));
        Assert.All(host.Rows().Values, rows => Assert.Equal(0, rows));
    }

    private static Task<FakedHost> StartAsync(ConcurrentQueue<string> seen) => FakedHost.StartAsync(
        EverythingLogged.Select(key => KeyValuePair.Create(key, (string?)"Trace")),
        services => services.AddLogging(logging => logging.AddProvider(new Recorder(seen)).SetMinimumLevel(LogLevel.Trace)));

    private static Task<Answer> RefreshAsync(CambioHost host, Answer answer) =>
        host.PostFormAsync("/auth/token", ("grant_type", "refresh_token"), ("refresh_token", answer.Json.GetProperty("refresh_token").GetString()));

    private static void Collect(HashSet<string> canaries, Answer answer)
    {
        canaries.Add(answer.AccessToken);
        canaries.Add(answer.Json.GetProperty("refresh_token").GetString()!);
        if (answer.Json.GetProperty("user").TryGetProperty("email", out JsonElement email))
        {
            canaries.Add(email.GetString()!);
        }
    }

    private static ActivityListener ListenToActivities(ConcurrentQueue<string> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => seen.Enqueue($"{a.OperationName} {a.DisplayName} {string.Join(' ', a.TagObjects)} {string.Join(' ', a.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener ListenToMeters(ConcurrentQueue<string> seen)
    {
        var listener = new MeterListener { InstrumentPublished = static (instrument, l) => l.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.Start();
        return listener;
    }

    private sealed class Broken : IExchangeStep
    {
        public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("canary");
    }

    private sealed class Recorder(ConcurrentQueue<string> seen) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            seen.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            seen.Enqueue($"{formatter(state, exception)} {exception}");
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                seen.Enqueue(string.Join(' ', values));
            }
        }

        public void Dispose()
        {
        }
    }
}
