using System.Text.RegularExpressions;
using Cambio.Providers;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Cambio.Credentials;

/// <summary>Compares the <c>iss</c> of an authorization response with the provider that was asked (RFC 9207 2.4).</summary>
internal sealed class ResponseIssuer(ProviderMetadata metadata)
{
    private const string Missing = "issuer_missing";
    private const string Mismatch = "issuer_mismatch";

    /// <summary>The private reason why the response is another's; null when it is not.</summary>
    /// <param name="provider">Who was asked.</param>
    /// <param name="iss">Who says that it answers; null where nobody says.</param>
    /// <param name="cancellationToken">Ends the wait for a discovery document.</param>
    public async Task<string?> FaultAsync(Provider provider, string? iss, CancellationToken cancellationToken)
    {
        if (iss is null)
        {
            return await IsPromisedAsync(provider, cancellationToken) ? Missing : null;
        }

        string[] issuers = [.. provider.Definition.IdToken?.Issuers ?? [], .. provider.Definition.Issuer is { } own ? [own] : Array.Empty<string>()];
        bool isItself = issuers.Length > 0
            ? issuers.Any(issuer => Fits(issuer, iss, new AnswerScope(provider)))
            : await IsNeighbourAsync(provider, iss, cancellationToken);
        return isItself ? null : Mismatch;
    }

    /// <summary>What the operator should look at.</summary>
    public static string Hint(Provider provider, string fault) => fault == Missing
        ? "The provider's discovery document promises iss on every answer (RFC 9207), and this one has none: something on the way drops it, or the answer is not the provider's."
        : $"The answer names another issuer than {provider.Id}'s: see that Definition:Issuer is the provider's own, character for character, and that each provider has its own "
            + "callback address registered; else somebody mixes providers up (RFC 9207).";

    // Asked only where the request read the document too, so that it is at hand; one that cannot be had now promises nothing.
    private async Task<bool> IsPromisedAsync(Provider provider, CancellationToken cancellationToken)
    {
        if (provider.Definition is not { Issuer: not null, AuthorizationEndpoint: null })
        {
            return false;
        }

        Result<OpenIdConnectConfiguration> document = await metadata.DiscoverAsync(provider, cancellationToken);
        return document.IsSuccess && document.Value.AuthorizationResponseIssParameterSupported;
    }

    private static bool Fits(string template, string iss, AnswerScope scope) =>
        ProviderTemplate.Fill(template, scope) is { } issuer ? issuer == iss : Condition.IsMatch(iss, Pattern(template, scope));

    // What is not known before the ID token is there can be any that its claims may fill in.
    private static string Pattern(string template, AnswerScope scope) => ProviderTemplate.Names(template).Aggregate(
        Regex.Escape(template),
        (pattern, name) => pattern.Replace(
            Regex.Escape($"{{{name}}}"), scope.Lookup(name) is { } value ? Regex.Escape(value) : JwtIssuer.ClaimPattern, StringComparison.Ordinal));

    // Who never said what its issuer is still stands at the host that was asked, or one above or below it.
    private async Task<bool> IsNeighbourAsync(Provider provider, string iss, CancellationToken cancellationToken)
    {
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Authorization, null, cancellationToken);
        return endpoint.IsSuccess && Uri.TryCreate(iss, UriKind.Absolute, out Uri? issuer) && ProviderUrl.IsSafe(issuer)
            && (issuer.IdnHost == endpoint.Value.IdnHost || IsBelow(issuer.IdnHost, endpoint.Value.IdnHost) || IsBelow(endpoint.Value.IdnHost, issuer.IdnHost));
    }

    private static bool IsBelow(string host, string parent) =>
        parent.Contains('.', StringComparison.Ordinal) && host.EndsWith($".{parent}", StringComparison.Ordinal);
}
