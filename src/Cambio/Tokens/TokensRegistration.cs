using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
        services.TryAddSingleton<Sessions>();
        services.TryAddSingleton<ApiTokenSeal>();
        services.TryAddSingleton<ApiTokenValidator>();
        services.TryAddSingleton<SessionWatch>();
        services.TryAddSingleton<BearerValidator>();
        services.TryAddSingleton<TokenLookup>();
        services.TryAddSingleton<TokenInspection>();
        services.TryAddSingleton<TokenRevocation>();
        services.TryAddSingleton<AuthorizationCodes>();
        services.TryAddSingleton<SingleUse>();
        services.TryAddSingleton<Handovers>();
        services.TryAddSingleton(Issuer);
        return services;
    }

    private static ITokenIssuer Issuer(IServiceProvider services) =>
        services.GetRequiredService<IOptions<CambioOptions>>().Value.Tokens.Kind == TokenKind.Opaque
            ? ActivatorUtilities.CreateInstance<OpaqueTokenIssuer>(services)
            : ActivatorUtilities.CreateInstance<JwtTokenIssuer>(services);
}
