namespace Cambio.Server.Sandbox;

/// <summary>The server's own simulator of every provider: <c>Cambio:Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    /// <summary>True: providers without a client id of their own are on, and played. Development and loopback addresses only.</summary>
    public bool Enabled { get; set; }
}
