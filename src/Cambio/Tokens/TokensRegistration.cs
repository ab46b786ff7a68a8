using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Tokens;

/// <summary>Registers the room. The store, Data Protection and <see cref="IPublicAddress"/> come from elsewhere.</summary>
internal static class TokensRegistration
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenParties>();
        services.TryAddSingleton<SigningKeyVault>();
        services.TryAddSingleton<SigningKeyLoader>();
        services.TryAddSingleton<SigningKeyRing>();
        services.TryAddSingleton<AccessTokenWriter>();
        services.TryAddSingleton<AccessTokenValidator>();
        services.TryAddSingleton<RefreshTokens>();
        services.TryAddSingleton<ITokenIssuer, JwtTokenIssuer>();
        return services;
    }
}
