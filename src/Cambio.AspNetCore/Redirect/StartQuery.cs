using System.Collections.Frozen;
using Cambio.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Redirect;

/// <summary>The query string of a start: each name once, and none that we set ourselves.</summary>
internal sealed class StartQuery
{
    /// <summary>Every parameter that a start knows, with what it means.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } = new Dictionary<string, string>
    {
        ["return_url"] = "Where the browser goes back to: an address that Cambio:FrontEnd:ReturnUrls lists.",
        ["origin"] = "With mode=popup in place of return_url: the exact origin of the page that opens the popup.",
        ["code_challenge"] = "The S256 challenge (RFC 7636 4.2) of a verifier that the front end keeps; not with mode=cookie.",
        ["code_challenge_method"] = "S256, or left out.",
        ["state"] = "Comes back beside the code; up to 512 visible ASCII characters.",
        ["mode"] = "code (default), popup or cookie.",
        ["login_hint"] = "Passed on to the provider, as are prompt and ui_locales.",
        ["prompt"] = "Words of OpenID Connect Core 3.1.2.1, separated by spaces.",
        ["ui_locales"] = "Language tags, separated by spaces.",
        ["scope"] = "Scopes to add to the provider's own, separated by spaces: of those in Cambio:Providers:{id}:ExtraScope.",
        ["link_ticket"] = "From POST /auth/{provider}/link-ticket: links the identity to its user.",
    };

    /// <summary>What the request to the provider says is ours to say, whatever the case (RFC 6749 4.1.1, RFC 9101).</summary>
    private static readonly FrozenSet<string> Ours = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "client_id", "redirect_uri", "response_type", "response_mode", "nonce", "request", "request_uri");

    private static readonly FrozenSet<string> KnownInAnyCase = Known.Keys.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly MemberSet members;

    private StartQuery(MemberSet members) => this.members = members;

    /// <summary>The value of a parameter; null when there is none. RFC 6749 3.1: one without a value counts as omitted.</summary>
    public string? this[string name] => members.Find(name)?.Text is { Length: > 0 } value ? value : null;

    public static Result<StartQuery> Read(HttpRequest request)
    {
        Result<MemberSet> read = QueryMembers.Read(request);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        return read.Value.All.Select(static member => Refusal(member)).FirstOrDefault(static refusal => refusal is not null)
            ?? QueryCredential.Among(read.Value.All.Select(static member => member.Name))
            ?? (Result<StartQuery>)new StartQuery(read.Value);
    }

    private static ExchangeError? Refusal(Member member) =>
        Ours.TryGetValue(member.Name, out string? ours)
            ? ExchangeError.InvalidRequest($"{ours} is ours to set: leave it out.", "parameter_of_ours")
        : !Known.ContainsKey(member.Name) && KnownInAnyCase.TryGetValue(member.Name, out string? known)
            ? ExchangeError.InvalidRequest($"{known} is written in lower case.")
        : member is { Name: "link_ticket", Text: not { Length: > 0 } }
            ? ExchangeError.InvalidRequest("link_ticket is empty: without one this would be a sign-in. Leave it out, or send the ticket.")
        : null;
}
