using Cambio.Providers;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads what a provider sent to one of its addresses: the token alone, out of the one kind of body that its format has.</summary>
internal static class SignalBody
{
    public static Task<Result<string>> ReadAsync(HttpRequest request, SignalDefinition definition, CancellationToken cancellationToken) => definition.Format switch
    {
        SignalFormat.SignedRequest => MemberAsync(RequestBody.ReadFormAsync(request, cancellationToken), "signed_request"),
        SignalFormat.LogoutToken => MemberAsync(RequestBody.ReadFormAsync(request, cancellationToken), "logout_token"),
        SignalFormat.SecurityEventToken => RequestBody.ReadEventTokenAsync(request, cancellationToken),
        _ => MemberAsync(RequestBody.ReadJsonAsync(request, cancellationToken), definition.Member),
    };

    private static async Task<Result<string>> MemberAsync(Task<Result<MemberSet>> body, string name)
    {
        Result<MemberSet> members = await body;
        return !members.IsSuccess ? members.Error
            : members.Value.Find(name)?.Text is { Length: > 0 } text ? text
            : ExchangeError.InvalidRequest($"{name} is missing.");
    }
}
