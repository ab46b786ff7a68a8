namespace Cambio.Testing;

/// <summary>One call that a fake received. Holds no token, secret or body.</summary>
/// <param name="Provider">The id of the provider that it was meant for; null when nothing stands at the address.</param>
/// <param name="Endpoint">
/// What stands there: <c>authorization</c>, <c>token</c>, <c>refresh</c>, <c>extension</c>, <c>revocation</c>, <c>keys</c>, <c>discovery</c>, <c>proof</c>, or the name of a userinfo call; null for nothing.
/// </param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Host">The provider's host.</param>
/// <param name="Path">The path, without its query.</param>
/// <param name="Status">The status of the answer; 0 where the connection was closed instead.</param>
public sealed record SimulatedCall(string? Provider, string? Endpoint, string Method, string Host, string Path, int Status);
