namespace Cambio.Testing.Simulation.Consent;

/// <summary>Tells the user what is wrong where nobody else may be told.</summary>
internal static class RefusalPage
{
    public static SimulatedAnswer Make(string provider, int status, string description) => SimulatedPage.Make(
        status,
        $"Simulation of {provider}: request refused",
        $"""
        <p class="tag">Simulation of {SimulatedPage.Encode(provider)}</p>
        <h1>This request was refused</h1>
        <p class="wrong" role="alert">{SimulatedPage.Encode(description)}</p>
        <p class="soft">The browser is sent nowhere: that would be unsafe until the request is right.</p>
        """,
        "no-referrer");
}
