namespace Cambio.Testing;

/// <summary>What a provider posts by itself: to <c>/auth/{provider}/signals/{name}</c>.</summary>
/// <param name="ContentType">The body's media type.</param>
/// <param name="Body">The body.</param>
public sealed record SimulatedSignal(string ContentType, string Body)
{
    /// <summary>The media type only: the body is signed.</summary>
    public override string ToString() => $"{ContentType} [redacted]";
}
