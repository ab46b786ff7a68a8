using Cambio.Credentials;
using Cambio.Providers;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Cambio.Server.Commands.Doctor;

/// <summary>Looks at one provider as the server would call it, without any credential: its documents, its token endpoint, its clock.</summary>
internal sealed class ProviderProbe(ProviderHttp http, ProviderMetadata metadata, TimeProvider time, TimeSpan timeout)
{

    /// <summary>What is wrong there, each a sentence with the fix.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(Provider provider, CancellationToken cancellationToken)
    {
        var complaints = new List<string>();
        var about = new Complaint(provider, timeout);
        if (!await DiscoverAsync(provider, about, complaints, cancellationToken))
        {
            return complaints;
        }

        DateTimeOffset? date = null;
        if (NeedsKeys(provider))
        {
            date = await ReadKeysAsync(provider, about, complaints, cancellationToken);
        }

        if (provider.Accepts.Contains("code", StringComparer.Ordinal) && IsKnownBeforehand(provider))
        {
            date = await KnockAsync(provider, about, complaints, cancellationToken) ?? date;
        }

        if (date is { } theirs && time.GetUtcNow() - theirs is var ahead && ahead.Duration() > JwtTimes.Skew)
        {
            complaints.Add(about.Clock(ahead));
        }

        return [.. complaints.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>False: without the document, no address is known that could be looked at.</summary>
    private async Task<bool> DiscoverAsync(Provider provider, Complaint about, List<string> complaints, CancellationToken cancellationToken)
    {
        var scope = new AnswerScope(provider);
        if (provider.Definition.Issuer is not { } template || ProviderTemplate.Fill(template, scope) is not { } issuer
            || ProviderMetadata.DocumentAddress(issuer, scope) is not { } address)
        {
            return true;
        }

        Result<OpenIdConnectConfiguration> document = await WithinAsync(token => metadata.DiscoverAsync(provider, token), cancellationToken);
        if (document.IsSuccess)
        {
            return true;
        }

        bool isNeeded = IsDiscovered(provider);

        // Where all addresses are written down, nobody reads the document: only that it contradicts the definition is worth a word.
        bool contradicts = document.Error.Reason == Complaint.OtherIssuer && provider.Definition.IdToken is { Issuers.Count: 0 };
        if (isNeeded || contradicts)
        {
            complaints.Add(about.Document("Issuer", address, issuer, document.Error));
        }

        return !isNeeded;
    }

    private async Task<DateTimeOffset?> ReadKeysAsync(Provider provider, Complaint about, List<string> complaints, CancellationToken cancellationToken)
    {
        Result<Uri> address = await metadata.EndpointAsync(provider, ProviderEndpoint.Keys, null, cancellationToken);
        if (!address.IsSuccess)
        {
            complaints.Add(about.NoAddress("JwksUri"));
            return null;
        }

        var request = new ProviderRequest("keys", HttpMethod.Get, address.Value) { Response = ResponseFormat.JsonAnyType };
        Result<ProviderAnswer> answer = await WithinAsync(token => http.SendAsync(provider, request, token), cancellationToken);
        if (!answer.IsSuccess)
        {
            complaints.Add(about.Call("JwksUri", address.Value, answer.Error));
            return null;
        }

        TextList algorithms = PublicAlgorithms(provider);
        if (!answer.Value.IsSuccess || !PublicKeyReader.Read(answer.Value.Body).Exists(key => algorithms.Any(key.Fits)))
        {
            complaints.Add(about.NoKey("JwksUri", address.Value, algorithms));
        }

        return answer.Value.Date;
    }

    private async Task<DateTimeOffset?> KnockAsync(Provider provider, Complaint about, List<string> complaints, CancellationToken cancellationToken)
    {
        Result<Uri> address = await metadata.EndpointAsync(provider, ProviderEndpoint.Token, provider.Definition.Token.Endpoint, cancellationToken);
        if (!address.IsSuccess)
        {
            complaints.Add(about.NoAddress("TokenEndpoint"));
            return null;
        }

        Result<ProviderAnswer> answer = await WithinAsync(
            token => http.SendAsync(provider, new ProviderRequest("token", HttpMethod.Head, address.Value), token), cancellationToken);
        if (!answer.IsSuccess)
        {
            complaints.Add(about.Call("TokenEndpoint", address.Value, answer.Error));
            return null;
        }

        return answer.Value.Date;
    }

    private async Task<Result<T>> WithinAsync<T>(Func<CancellationToken, Task<Result<T>>> call, CancellationToken cancellationToken)
        where T : notnull
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ExchangeError.TemporarilyUnavailable(Complaint.TimedOut);
        }
    }

    private static bool NeedsKeys(Provider provider) => PublicAlgorithms(provider).Count > 0;

    // What is signed with a published key; the client secret stands in no document of keys.
    private static TextList PublicAlgorithms(Provider provider)
    {
        TextList idTokens = provider.Accepts.Any(kind => kind is "code" or "id_token") ? provider.Definition.IdToken?.Algorithms ?? [] : [];
        bool readsAccessTokens = provider.Definition.AccessTokenProof?.Kind == AccessTokenProofKind.Jwt && provider.Accepts.Contains("access_token", StringComparer.Ordinal);
        TextList accessTokens = readsAccessTokens ? provider.Definition.AccessTokenProof!.Algorithms : [];
        return [.. idTokens.Concat(accessTokens).Distinct().Where(algorithm => algorithm != SignatureAlgorithm.Shared)];
    }

    private static bool IsDiscovered(Provider provider)
    {
        ProviderDefinition definition = provider.Definition;
        return definition.AuthorizationEndpoint is null || (definition.Token.Endpoint ?? definition.TokenEndpoint) is null
            || (definition.JwksUri is null && NeedsKeys(provider))
            || (definition.Userinfo.Count == 0 && definition.IdToken is not { Complete: true });
    }

    // Some providers name the host of their token endpoint only when they call back.
    private static bool IsKnownBeforehand(Provider provider) =>
        ProviderTemplate.Names(provider.Definition.Token.Endpoint ?? provider.Definition.TokenEndpoint ?? "")
            .All(name => provider.Variables.ContainsKey(name) || name == "client_id");
}
