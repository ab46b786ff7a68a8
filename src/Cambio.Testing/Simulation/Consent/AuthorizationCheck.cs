using System.Text.RegularExpressions;
using Cambio.Providers;
using Microsoft.AspNetCore.WebUtilities;

namespace Cambio.Testing.Simulation.Consent;

/// <summary>Checks an authorization request as the provider would, in its dialect (RFC 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 3.1.2.2).</summary>
internal sealed partial class AuthorizationCheck(SimulationContext context, SimulatedEndpoint endpoint)
{
    private readonly AuthorizationRequestDefinition definition = context.Definition.Authorization;

    /// <summary>The first mistake; null for none.</summary>
    public AuthorizationMistake? Find(AuthorizationCall call) =>
        Client(call) ?? RedirectUri(call) ?? Shape(call) ?? Constants(call) ?? Secret(call) ?? ResponseType(call) ?? ResponseMode(call)
        ?? Scope(call) ?? Pkce(call) ?? Nonce(call) ?? Prompt(call);

    private AuthorizationMistake? Client(AuthorizationCall call) => !call.IsDoubled("client_id") && context.Clients.Knows(call["client_id"])
        ? null
        : AuthorizationMistake.Shown($"{call.NameOf("client_id")} names no application that is registered here.");

    private static AuthorizationMistake? RedirectUri(AuthorizationCall call) => !call.IsDoubled("redirect_uri") && IsRedirectUri(call.RedirectUri)
        ? null
        : AuthorizationMistake.Shown($"{call.NameOf("redirect_uri")} must be one address that begins with https://, or with http:// on this machine, without a fragment.");

    // What ends up in a Location header is ASCII without spaces.
    private static bool IsRedirectUri(string text) =>
        text.All(static c => c is > ' ' and <= '~') && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length == 0 && !text.Contains('#') && !text.Contains('\\');

    private AuthorizationMistake? Shape(AuthorizationCall call) =>
        call.Request.Doubled.Count > 0 ? AuthorizationMistake.Request("A parameter is there twice.")
        : call.State is null ? AuthorizationMistake.Request($"{call.NameOf("state")} is missing.")
        : definition.Omit.FirstOrDefault(name => call[name] is not null) is { } unwanted ? AuthorizationMistake.Request($"{unwanted} is not taken here.")
        : null;

    private AuthorizationMistake? Constants(AuthorizationCall call)
    {
        var captures = new Captures();
        captures.Add("client_id", call["client_id"]!);
        return endpoint.Address.Fits(call.Request, captures) && CallPattern.AllFit(Always(), call.Request.Query, captures)
            ? null
            : AuthorizationMistake.Request("A parameter that is always sent is missing, or says something else.");
    }

    // A suffix with a fragment never gets here: browsers keep fragments to themselves.
    private Dictionary<string, TextPattern> Always() =>
        definition.Parameters.Concat(QueryHelpers.ParseQuery(definition.Suffix?.Split('#')[0]).Select(p => KeyValuePair.Create(p.Key, p.Value.ToString())))
            .ToDictionary(p => p.Key, p => TextPattern.Of(p.Value, context.Variables));

    // RFC 6749 2.3.1: it must never stand in an address that a browser opens.
    private AuthorizationMistake? Secret(AuthorizationCall call)
    {
        string name = context.Definition.Token.Rename.GetValueOrDefault("client_secret", "client_secret");
        string secret = context.Clients.Secret(call["client_id"]!);
        return call.Request.Query.ContainsKey(name) || (secret.Length > 0 && call.Request.Query.Values.Contains(secret))
            ? AuthorizationMistake.Request("The client secret has no place in an authorization request.")
            : null;
    }

    private static AuthorizationMistake? ResponseType(AuthorizationCall call) =>
        call.IsOmitted("response_type") || call["response_type"] == call.Constant("response_type", "code") ? null
        : call["response_type"] is null ? AuthorizationMistake.Request($"{call.NameOf("response_type")} is missing.")
        : new("unsupported_response_type", "Only code is played.");

    private AuthorizationMistake? ResponseMode(AuthorizationCall call) =>
        (call["response_mode"] ?? "query") == (definition.ResponseMode ?? "query") ? null
        : AuthorizationMistake.Request($"response_mode must be {definition.ResponseMode ?? "query"}.");

    // Which scopes are asked for is the application's affair; how they are joined is not.
    private AuthorizationMistake? Scope(AuthorizationCall call)
    {
        if (call.IsOmitted("scope") || definition.Scope.Count == 0)
        {
            return null;
        }

        string[] asked = (call["scope"] ?? "").Split(definition.ScopeSeparator);
        return asked.Any(scope => scope.Length == 0 || (scope.AsSpan().ContainsAny(" ,;") && !definition.Scope.Contains(scope)))
            ? new("invalid_scope", $"{call.NameOf("scope")} must hold scopes with \"{definition.ScopeSeparator}\" between them.")
            : definition.Scope.Contains("openid") && !asked.Contains("openid") ? new("invalid_scope", "openid is missing among the scopes.")
            : null;
    }

    private AuthorizationMistake? Pkce(AuthorizationCall call) =>
        definition.Pkce is false
            ? call["code_challenge"] is null && call["code_challenge_method"] is null ? null : AuthorizationMistake.Request("code_challenge is not taken here.")
        : call["code_challenge"] is { } challenge && Challenge().IsMatch(challenge) && call["code_challenge_method"] == "S256" ? null
        : AuthorizationMistake.Request("code_challenge must have 43 characters, and code_challenge_method must be S256.");

    private AuthorizationMistake? Nonce(AuthorizationCall call) =>
        context.Definition.IdToken is null || call.IsOmitted("nonce") || call["nonce"] is not null ? null
        : AuthorizationMistake.Request("nonce is missing.");

    private static AuthorizationMistake? Prompt(AuthorizationCall call) => (call["prompt"] ?? "").Split(' ') switch
    {
        ["none"] => new("login_required", "Nobody is signed in here, and prompt=none forbids to ask who it is."),
        var prompts when prompts.Contains("none") => AuthorizationMistake.Request("prompt=none goes with nothing else."),
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{43}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Challenge();
}
