using System.Collections.Concurrent;
using System.Text.Json;
using Cambio.Providers;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Credentials;

/// <summary>The keys that providers sign with: cached, fetched again for a key that is not known, kept over an outage.</summary>
internal sealed class SigningKeys(ProviderHttp http, ProviderMetadata metadata, TimeProvider time, ILogger<SigningKeys> logger)
{
    private const int MaxBytes = 256 * 1024;

    // Bounded: one set for each address that settings or discovery ever named.
    private readonly ConcurrentDictionary<(string Provider, Uri Address), Cached<IReadOnlyList<PublicKey>>> sets = new();

    /// <summary>The one key that the header can mean, where it signs for the issuer that the claims name.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="own">Where they are, when not where the provider has all others.</param>
    /// <param name="header">The header.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="cancellationToken">Ends a call for keys.</param>
    public async Task<Result<SecurityKey>> FindAsync(
        Provider provider, string? own, JwtHeader header, JsonElement claims, CancellationToken cancellationToken)
    {
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Keys, own, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error;
        }

        Cached<IReadOnlyList<PublicKey>> set = SetAt(provider, endpoint.Value);
        Result<IReadOnlyList<PublicKey>> keys = await set.GetAsync(cancellationToken);
        if (!keys.IsSuccess)
        {
            return keys.Error;
        }

        if (Choose(keys.Value, header, claims) is { } known)
        {
            return known;
        }

        // The provider may sign with a key that is newer than ours; whoever invents key ids must not make us ask for each.
        return await set.RefreshAsync(cancellationToken) switch
        {
            { IsSuccess: false } failed => failed.Error,
            { } refreshed when Choose(refreshed.Value, header, claims) is { } key => key,
            _ => ExchangeError.InvalidGrant("signing_key_unknown"),
        };
    }

    private Cached<IReadOnlyList<PublicKey>> SetAt(Provider provider, Uri endpoint) => sets.GetOrAdd(
        (provider.Id, ProviderUrl.Route(endpoint, provider.Simulator)), _ => new(timeout => FetchAsync(provider, endpoint, timeout), time));

    private async Task<Result<IReadOnlyList<PublicKey>>> FetchAsync(Provider provider, Uri endpoint, CancellationToken timeout)
    {
        var request = new ProviderRequest("keys", HttpMethod.Get, endpoint) { MaxBytes = MaxBytes, Response = ResponseFormat.JsonAnyType };
        Result<ProviderAnswer> answer = await http.SendAsync(provider, request, timeout);
        if (!answer.IsSuccess)
        {
            return answer.Error;
        }

        // A document without a key that can be used is no document: it must not take the place of good ones.
        List<PublicKey> keys = answer.Value.IsSuccess ? PublicKeyReader.Read(answer.Value.Body) : [];
        if (keys.Count > 0)
        {
            return keys;
        }

        Log.SigningKeysUnusable(logger, provider.Id, endpoint.Host);
        return ExchangeError.ProviderError("signing_keys_unusable");
    }

    private static SecurityKey? Choose(IReadOnlyList<PublicKey> keys, JwtHeader header, JsonElement claims)
    {
        PublicKey[] fitting = [.. keys.Where(key => key.Fits(header.Algorithm) && key.SignsFor(claims) && (header.KeyId is null || key.Id == header.KeyId))];
        return header.KeyId is not null || fitting.Length == 1 ? fitting.FirstOrDefault()?.Key : null;
    }
}
