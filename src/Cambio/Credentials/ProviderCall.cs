using System.Text.Json;
using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Credentials;

/// <summary>Makes the calls that a definition describes, and judges the answers.</summary>
internal sealed class ProviderCall(
    ProviderHttp http, ProviderMetadata metadata, QuirkRegistry quirks, SignedUserinfo signed, TimeProvider time)
{
    /// <summary>Makes one call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="scope">What is known so far.</param>
    /// <param name="purpose">As in <see cref="ProviderRequest.Purpose"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="orArray">An array will do where an object is meant.</param>
    /// <returns>The object that is meant; undefined when <c>when</c> does not hold or an optional call is refused; or the refusal.</returns>
    public async Task<Result<JsonElement>> SendAsync(
        ProviderCallDefinition call, AnswerScope scope, string purpose, CancellationToken cancellationToken, bool orArray = false)
    {
        if (call.When is { } condition && !condition.Holds(scope))
        {
            return default(JsonElement);
        }

        Result<Uri> address = await AddressAsync(call, scope, cancellationToken);
        if (!address.IsSuccess)
        {
            return address.Error;
        }

        Result<ProviderRequest> request = CallRequest.Build(call, address.Value, scope, purpose);
        if (!request.IsSuccess)
        {
            return request.Error;
        }

        if (quirks.Find(scope.Provider.Definition.Quirk) is { } quirk && scope.AccessToken is { } token && call.IsAuthorizedByToken())
        {
            quirk.Sign(request.Value, scope.Provider, token, time.GetUtcNow());
        }

        Result<ProviderAnswer> answer = await http.SendAsync(scope.Provider, request.Value, cancellationToken);
        if (answer is { IsSuccess: true, Value: { IsSuccess: true, Body: var body } } && call.Response == ResponseFormat.Jwt)
        {
            Result<JsonElement> claims = await signed.ReadAsync(scope.Provider, body, cancellationToken);
            answer = claims.IsSuccess ? answer.Value with { Body = claims.Value } : claims.Error;
        }

        return answer.IsSuccess ? Read(answer.Value, call, scope.Provider, orArray) : answer.Error;
    }

    // A call without an address of its own is OpenID Connect's userinfo (Core 5.3).
    private async Task<Result<Uri>> AddressAsync(ProviderCallDefinition call, AnswerScope scope, CancellationToken cancellationToken)
    {
        if (call.Url is not { } url)
        {
            return await metadata.EndpointAsync(scope.Provider, ProviderEndpoint.Userinfo, null, cancellationToken);
        }

        return ProviderUrl.Build(url, scope) is { } address ? address : ExchangeError.ProviderError("provider_address_unusable");
    }

    private static Result<JsonElement> Read(ProviderAnswer answer, ProviderCallDefinition call, Provider provider, bool orArray)
    {
        ExchangeError? refusal = !answer.IsSuccess ? CallAnswer.Judge(answer, call.ShowsSecret(), asks: call.Auth != CallAuthentication.Bearer)
            : CallAnswer.SaysError(answer.Body, call.Errors, provider, call.Graphql is not null) ? ExchangeError.InvalidGrant("provider_refused_200")
            : null;
        return refusal is null ? CallAnswer.Unwrap(answer.Body, call.Unwrap, orArray)
            : call.Optional ? default(JsonElement)
            : refusal;
    }
}
