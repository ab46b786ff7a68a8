using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Cambio.Providers;

/// <summary>Where a provider's endpoints are: as its definition says, else as its discovery document does (OpenID Connect Discovery 4).</summary>
internal sealed class ProviderMetadata(ProviderHttp http, TimeProvider time)
{
    private const string WellKnown = "/.well-known/openid-configuration";

    // Bounded: one entry for each issuer that settings ever named while we ran.
    private readonly ConcurrentDictionary<(string Provider, string Issuer, Uri Address), Cached<OpenIdConnectConfiguration>> documents = new();

    /// <summary>The address of an endpoint; a refusal when nothing names it, or discovery fails.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="endpoint">Which.</param>
    /// <param name="own">The address that the caller's part of the definition has for it, if any; goes before all others.</param>
    /// <param name="cancellationToken">Ends the wait; a fetch that others wait for goes on.</param>
    public async Task<Result<Uri>> EndpointAsync(Provider provider, ProviderEndpoint endpoint, string? own, CancellationToken cancellationToken)
    {
        var scope = new AnswerScope(provider);
        if ((own ?? Defined(provider.Definition, endpoint)) is { } template)
        {
            return ProviderUrl.Build(template, scope) is { } defined ? defined : ExchangeError.ProviderError("endpoint_address_unusable");
        }

        if (provider.Definition.Issuer is null)
        {
            return Missing(endpoint);
        }

        Result<OpenIdConnectConfiguration> document = await DiscoverAsync(provider, scope, cancellationToken);
        return !document.IsSuccess ? document.Error
            : Discovered(document.Value, endpoint) is { Length: > 0 } address ? new Uri(address)
            : Missing(endpoint);
    }

    /// <summary>The discovery document of a provider whose definition names an issuer; a refusal when it cannot be had, or is another issuer's.</summary>
    public Task<Result<OpenIdConnectConfiguration>> DiscoverAsync(Provider provider, CancellationToken cancellationToken) =>
        DiscoverAsync(provider, new AnswerScope(provider), cancellationToken);

    /// <summary>Where the discovery document of an issuer stands; null when the address must not be called.</summary>
    public static Uri? DocumentAddress(string issuer, AnswerScope scope) =>
        ProviderUrl.Build(scope.Provider.Definition.ConfigurationEndpoint ?? issuer.TrimEnd('/') + WellKnown, scope);

    private static ExchangeError Missing(ProviderEndpoint endpoint) =>
        ExchangeError.ProviderError($"no_{JsonNamingPolicy.SnakeCaseLower.ConvertName(endpoint.ToString())}_endpoint");

    private static string? Defined(ProviderDefinition definition, ProviderEndpoint endpoint) => endpoint switch
    {
        ProviderEndpoint.Authorization => definition.AuthorizationEndpoint,
        ProviderEndpoint.Token => definition.TokenEndpoint,
        ProviderEndpoint.Keys => definition.JwksUri,
        ProviderEndpoint.Revocation => definition.RevocationEndpoint,
        _ => null,
    };

    private static string? Discovered(OpenIdConnectConfiguration document, ProviderEndpoint endpoint) => endpoint switch
    {
        ProviderEndpoint.Authorization => document.AuthorizationEndpoint,
        ProviderEndpoint.Token => document.TokenEndpoint,
        ProviderEndpoint.Keys => document.JwksUri,
        ProviderEndpoint.Userinfo => document.UserInfoEndpoint,
        ProviderEndpoint.Introspection => document.IntrospectionEndpoint,
        _ => document.RevocationEndpoint,
    };

    private async Task<Result<OpenIdConnectConfiguration>> DiscoverAsync(Provider provider, AnswerScope scope, CancellationToken cancellationToken)
    {
        string? issuer = ProviderTemplate.Fill(provider.Definition.Issuer!, scope);
        if (issuer is null || DocumentAddress(issuer, scope) is not { } address)
        {
            return ExchangeError.ProviderError("issuer_address_unusable");
        }

        Cached<OpenIdConnectConfiguration> cached = documents.GetOrAdd(
            (provider.Id, issuer, ProviderUrl.Route(address, provider.Simulator)),
            _ => new(timeout => FetchAsync(provider, issuer, address, timeout), time));
        return await cached.GetAsync(cancellationToken);
    }

    private async Task<Result<OpenIdConnectConfiguration>> FetchAsync(Provider provider, string issuer, Uri address, CancellationToken timeout)
    {
        Result<ProviderAnswer> answer = await http.SendAsync(provider, new ProviderRequest("metadata", HttpMethod.Get, address), timeout);
        if (!answer.IsSuccess)
        {
            return answer.Error;
        }

        return answer.Value is { IsSuccess: true, Body.ValueKind: JsonValueKind.Object } ? Judge(answer.Value.Body, issuer)
            : ExchangeError.ProviderError("metadata_unreadable");
    }

    private static Result<OpenIdConnectConfiguration> Judge(JsonElement body, string issuer)
    {
        OpenIdConnectConfiguration document;
        try
        {
            document = OpenIdConnectConfiguration.Create(body.GetRawText());
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return ExchangeError.ProviderError("metadata_unreadable");
        }

        // OpenID Connect Discovery 4.3: character for character, else another issuer speaks for this one.
        if (document.Issuer != issuer)
        {
            return ExchangeError.ProviderError("metadata_issuer_mismatch");
        }

        bool mayBeLocal = ProviderUrl.IsInternal(new Uri(issuer));
        return Enum.GetValues<ProviderEndpoint>().Select(endpoint => Discovered(document, endpoint)).All(address => IsUsable(address, mayBeLocal))
            ? document
            : ExchangeError.ProviderError("metadata_address_unusable");
    }

    // An issuer out there has no business to send us to our own machine or network.
    private static bool IsUsable(string? text, bool mayBeLocal) =>
        string.IsNullOrEmpty(text)
        || (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && ProviderUrl.IsSafe(address) && (mayBeLocal || !ProviderUrl.IsInternal(address)));
}

/// <summary>The endpoints of a provider that discovery can name.</summary>
internal enum ProviderEndpoint
{
    /// <summary>RFC 6749 3.1.</summary>
    Authorization,

    /// <summary>RFC 6749 3.2.</summary>
    Token,

    /// <summary>RFC 7517 5.</summary>
    Keys,

    /// <summary>OpenID Connect Core 5.3.</summary>
    Userinfo,

    /// <summary>RFC 7662 2.</summary>
    Introspection,

    /// <summary>RFC 7009 2.</summary>
    Revocation,
}
