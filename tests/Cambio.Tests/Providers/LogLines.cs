using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cambio.Tests.Providers;

/// <summary>Keeps every line, at every level, as text.</summary>
internal class LogLines : ILogger, ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        lines.Enqueue($"Scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}");

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose() => GC.SuppressFinalize(this);
}

internal sealed class LogLines<T> : LogLines, ILogger<T>;
