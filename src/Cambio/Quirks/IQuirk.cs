using Cambio.Providers;

namespace Cambio.Quirks;

/// <summary>What data cannot say about a provider: cryptography of its own.</summary>
internal interface IQuirk
{
    /// <summary>The name that <see cref="ProviderDefinition.Quirk"/> knows it by, after what it does.</summary>
    string Name { get; }

    /// <summary>Makes the client secret of a token request; null: the registered one goes.</summary>
    string? ClientSecret(Provider provider, DateTimeOffset now) => null;

    /// <summary>Signs a call that the user's access token authorizes.</summary>
    void Sign(ProviderRequest request, Provider provider, string accessToken)
    {
    }
}
