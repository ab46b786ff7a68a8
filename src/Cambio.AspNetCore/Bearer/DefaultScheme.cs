using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Bearer;

/// <summary>Makes our scheme the default of an application that has none.</summary>
internal sealed class DefaultScheme : IPostConfigureOptions<AuthenticationOptions>
{
    public void PostConfigure(string? name, AuthenticationOptions options)
    {
        if (options is { DefaultScheme: null, DefaultAuthenticateScheme: null, DefaultChallengeScheme: null })
        {
            options.DefaultScheme = CambioAuthentication.Scheme;
        }
    }
}
