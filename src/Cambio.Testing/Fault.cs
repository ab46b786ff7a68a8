using System.Globalization;
using System.Text;
using Cambio.Testing.Simulation;

namespace Cambio.Testing;

/// <summary>What goes wrong at an endpoint of a fake provider.</summary>
public sealed record Fault
{
    private Fault(Func<SimulatedAnswer, SimulatedAnswer> spoil) => Spoil = spoil;

    /// <summary>The connection is closed without an answer.</summary>
    public static Fault Down { get; } = new(answer => answer with { BreaksAt = -1 });

    /// <summary>The answer ends in the middle of its body.</summary>
    public static Fault Truncated { get; } = new(answer => answer with { BreaksAt = answer.Body.Length / 2 });

    internal Func<SimulatedAnswer, SimulatedAnswer> Spoil { get; }

    internal TimeSpan Delay { get; private init; }

    /// <summary>The right answer, late.</summary>
    /// <param name="delay">How late, by the fake's clock.</param>
    public static Fault Slow(TimeSpan delay) => new(answer => answer) { Delay = delay };

    /// <summary>Another status, with an empty JSON object.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header, in whole seconds; null for none.</param>
    public static Fault Status(int status, TimeSpan? retryAfter = null) => new(_ => new SimulatedAnswer(status, "{}"u8.ToArray())
    {
        Headers = retryAfter is { } wait ? [new("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))] : [],
    });

    /// <summary>Another body.</summary>
    /// <param name="body">The body, as it is.</param>
    /// <param name="contentType">What it says it is.</param>
    /// <param name="status">The HTTP status.</param>
    public static Fault Body(string body, string contentType = SimulatedAnswer.JsonType, int status = 200) =>
        new(_ => new SimulatedAnswer(status, Encoding.UTF8.GetBytes(body), contentType));

    /// <summary>A 302 to somewhere else.</summary>
    /// <param name="location">The <c>Location</c> header.</param>
    public static Fault Redirect(string location) => new(_ => new SimulatedAnswer(302, [], "text/html") { Headers = [new("Location", location)] });
}
