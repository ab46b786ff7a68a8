namespace Cambio.Testing.Simulation.Consent;

/// <summary>What is wrong with an authorization request (RFC 6749 4.1.2.1).</summary>
/// <param name="Error">The error code.</param>
/// <param name="Description">A sentence about it.</param>
/// <param name="IsShown">The user is told, and nobody else: it is not known where an answer may go.</param>
internal sealed record AuthorizationMistake(string Error, string Description, bool IsShown = false)
{
    public static AuthorizationMistake Request(string description) => new("invalid_request", description);

    public static AuthorizationMistake Shown(string description) => new("invalid_request", description, IsShown: true);
}
