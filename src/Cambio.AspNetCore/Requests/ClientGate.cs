using Cambio.Clients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Requests;

/// <summary>Tells who asks, and lets in who may ask.</summary>
internal sealed class ClientGate(ClientRegistry clients, IOptions<CambioOptions> options)
{
    private readonly bool isClosed = options.Value.Tokens.RequireClient;

    /// <summary>Who asks for tokens at an OAuth endpoint; <c>invalid_client</c> for a public one where only confidential ones may.</summary>
    public Result<Caller> Admit(OAuthForm form) => Close(Identify(form));

    /// <summary>Who asks for tokens by JSON, where credentials of a client stand in the header alone.</summary>
    public Result<Caller> Admit(HttpRequest request) => Close(Identify(ClientCredentials.Read(request.Headers.Authorization)));

    /// <summary>Who asks; <c>invalid_client</c> for whoever shows a secret that is not its own, or hides that it has one.</summary>
    public Result<Caller> Identify(OAuthForm form) => Identify(ClientCredentials.Read(form.Authorization, form["client_id"], form["client_secret"]));

    /// <summary>Who asks, when it is a confidential client; <c>invalid_client</c> otherwise.</summary>
    public Result<Caller> Authenticate(OAuthForm form) => Confidential(Identify(form));

    private Result<Caller> Close(Result<Caller> caller) => isClosed ? Confidential(caller) : caller;

    private static Result<Caller> Confidential(Result<Caller> caller) =>
        caller is { IsSuccess: true, Value.Client: null } ? ExchangeError.InvalidClient("client_missing") : caller;

    private Result<Caller> Identify(Result<ClientCredentials> shown)
    {
        if (!shown.IsSuccess)
        {
            return shown.Error;
        }

        (string? id, string? secret) = shown.Value;
        if (id is not null && secret is not null)
        {
            Result<Client> client = clients.Authenticate(id, secret);
            return client.IsSuccess ? new Caller(client.Value) : client.Error;
        }

        // RFC 6749 2.1: whose id needs a secret is not to be taken at its word.
        return id is not null && clients.Knows(id) ? ExchangeError.InvalidClient("client_secret_missing") : Caller.Public;
    }
}

/// <summary>The application that asks.</summary>
/// <param name="Client">The confidential client that it has proven to be; null for a public one, which can prove nothing.</param>
internal sealed record Caller(Client? Client)
{
    public static Caller Public { get; } = new(Client: null);
}
