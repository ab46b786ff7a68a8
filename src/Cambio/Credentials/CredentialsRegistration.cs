using Cambio.Quirks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Credentials;

/// <summary>Furnishes the room, quirks included. It needs <see cref="TimeProvider"/>, the provider's HTTP client and the discovered addresses.</summary>
internal static class CredentialsRegistration
{
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.TryAddSingleton<QuirkRegistry>();
        services.TryAddSingleton<ProviderCall>();
        services.TryAddSingleton<ClientAuthentication>();
        services.TryAddSingleton<TokenCall>();
        services.TryAddSingleton<AuthorizationRequests>();
        services.TryAddSingleton<ResponseIssuer>();
        services.TryAddSingleton<AuthorizationResponses>();
        services.TryAddSingleton<AuthorizationCodeRedeemer>();
        services.TryAddSingleton<SigningKeys>();
        services.TryAddSingleton<JwtValidator>();
        services.TryAddSingleton<SignedUserinfo>();
        services.TryAddSingleton<IdTokenValidator>();
        services.TryAddSingleton<AccessTokenJwt>();
        services.TryAddSingleton<TokenIntrospection>();
        services.TryAddSingleton<AccessTokenProof>();
        services.TryAddSingleton<CredentialVerifier>();
        return services;
    }
}
