namespace Cambio.Providers;

/// <summary>What an operator says of one provider: <c>Cambio:Providers:{id}</c>.</summary>
public sealed class ProviderOptions
{
    /// <summary>Our client id at the provider. A provider without one is off.</summary>
    public string? ClientId { get; set; }

    /// <summary>Our client secret at the provider.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>More client ids of ours (phone apps, other pages) whose tokens are accepted; separated by spaces or commas.</summary>
    public string? Audiences { get; set; }

    /// <summary>The scopes to ask for instead of the definition's; separated by spaces or commas.</summary>
    public string? Scope { get; set; }

    /// <summary>Scopes that a single sign-in may add; separated by spaces or commas.</summary>
    public string? ExtraScope { get; set; }

    /// <summary>The kinds of credential to take: <c>code</c>, <c>id_token</c>, <c>access_token</c>; separated by spaces or commas.</summary>
    public string? Accepts { get; set; }

    /// <summary>
    /// The only redirect URIs that a code handed to us may have been sent to, character for character; separated by spaces or commas.
    /// Absent: any, since the provider compares it with the authorization request. The redirect flow uses its own.
    /// </summary>
    public string? RedirectUris { get; set; }

    /// <summary>True: a code handed to us must come with a PKCE verifier (RFC 7636).</summary>
    public bool RequirePkce { get; set; }

    /// <summary>False turns the provider off without removing its settings.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Replaces the definition's <see cref="ProviderDefinition.EmailTrust"/>, in the same words.</summary>
    public string? EmailTrust { get; set; }

    /// <summary>The id of the catalogue entry that this one is made from, when its own id is another.</summary>
    public string? BasedOn { get; set; }

    /// <summary>Nothing is set that goes with a registration of one's own beside a client id: a sandbox may then register in the operator's place.</summary>
    internal bool HasNoRegistration => this is { BasedOn: null, ClientSecret: null, Audiences: null };

    /// <summary>Values of the definition's variables, by name in any case.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
