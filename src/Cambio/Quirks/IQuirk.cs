using Cambio.Providers;

namespace Cambio.Quirks;

/// <summary>What data cannot say about a provider: cryptography of its own.</summary>
internal interface IQuirk
{
    /// <summary>The name that <see cref="ProviderDefinition.Quirk"/> knows it by, after what it does.</summary>
    string Name { get; }

    /// <summary>The variables that a definition must declare for it, by name.</summary>
    IReadOnlyDictionary<string, VariableKind> Variables => Nothing<VariableKind>.Map;

    /// <summary>
    /// Whether what <see cref="Sign"/> adds makes the provider refuse a token that it issued to another application: then the call itself
    /// is the proof of audience.
    /// </summary>
    bool BindsToken => false;

    /// <summary>Makes the client secret of a token request; null: the registered one goes.</summary>
    string? ClientSecret(Provider provider, DateTimeOffset now) => null;

    /// <summary>Signs a token request, complete but for that.</summary>
    void SignTokenRequest(ProviderRequest request, Provider provider, DateTimeOffset now)
    {
    }

    /// <summary>Signs a call that the user's access token authorizes, complete but for that.</summary>
    void Sign(ProviderRequest request, Provider provider, string accessToken, DateTimeOffset now)
    {
    }
}
