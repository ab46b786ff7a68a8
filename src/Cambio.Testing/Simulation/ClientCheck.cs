using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Checks that a caller of the token or introspection endpoint is a registered application (RFC 6749 2.3.1, RFC 7523 2.2).</summary>
internal sealed class ClientCheck(ProviderDefinition provider, SimulatedClients clients, ClientAssertion assertions)
{
    /// <summary>The client id, or null when the caller did not show who it is the way that the definition says.</summary>
    public string? Authenticate(SimulatedRequest request, TokenParameters parameters) => Authenticate(request, parameters, provider.Token);

    /// <summary>The client id, or null when the caller did not show who it is the way that a request like the token request has to.</summary>
    public string? Authenticate(SimulatedRequest request, TokenParameters parameters, TokenRequestDefinition definition)
    {
        ClientAuthenticationMethod method = parameters.IsOmitted("client_secret") ? ClientAuthenticationMethod.None : definition.Auth ?? default;
        (string? id, string? secret) = method switch
        {
            ClientAuthenticationMethod.ClientSecretBasic => AuthorizationHeader.Basic(request) is var (user, password)
                ? (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
                : (null, null),
            ClientAuthenticationMethod.ClientSecretBasicRaw => AuthorizationHeader.Basic(request) is var (user, password) ? (user, password) : (null, null),
            ClientAuthenticationMethod.Query => (parameters.InAddress("client_id"), parameters.InAddress("client_secret")),
            ClientAuthenticationMethod.BearerSecret => (parameters["client_id"], AuthorizationHeader.Bearer(request)),
            ClientAuthenticationMethod.PrivateKeyJwt => (parameters["client_id"], parameters["client_assertion"]),
            _ => (parameters["client_id"], parameters["client_secret"]),
        };
        bool known = method switch
        {
            ClientAuthenticationMethod.None => clients.Knows(id),
            ClientAuthenticationMethod.PrivateKeyJwt => clients.Knows(id) && assertions.Holds(secret, issuer: id!, subject: id!),
            _ when provider.Quirk == ClientAssertion.Quirk => clients.Knows(id) && assertions.HoldsSecret(secret, subject: id!),
            _ => clients.Authenticates(id, secret),
        };
        return known ? id : null;
    }
}
