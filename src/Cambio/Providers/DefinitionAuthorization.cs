using System.Text.RegularExpressions;

namespace Cambio.Providers;

/// <summary>Checks what a definition says of the authorization request: nothing in it may take state, PKCE or the redirect URI out of our hands.</summary>
internal sealed partial class DefinitionAuthorization(ProviderDefinition definition, DefinitionSyntax syntax)
{
    private const string Key = "authorization";

    // RFC 9101 6.3: what stands in a request object goes for all that stands beside it.
    private static readonly string[] RequestObjects = ["request", "request_uri"];

    private readonly AuthorizationRequestDefinition request = definition.Authorization;

    public IEnumerable<DefinitionMistake> Mistakes() => [.. Answer(), .. Renames(), .. Omissions(), .. Parameters(), .. Suffix(), .. Address()];

    private IEnumerable<DefinitionMistake> Answer()
    {
        if (request.ResponseMode is not (null or "query" or "form_post"))
        {
            yield return new($"{Key}.responseMode", "must be query or form_post.");
        }

        if (request.Callback.Any(name => !Word().IsMatch(name) || IsTaken(name) || name == request.CodeParameter))
        {
            yield return new($"{Key}.callback", $"must list names of letters, digits and underscores, and none of {string.Join(", ", DefinitionValidator.OwnParameters)}.");
        }

        if (request.CodeParameter is { } code && (!Word().IsMatch(code) || IsTaken(code)))
        {
            yield return new($"{Key}.codeParameter", "must be a name of letters, digits and underscores, and none that a callback has already; leave it out where it is code.");
        }
    }

    private IEnumerable<DefinitionMistake> Renames()
    {
        foreach ((string name, string other) in request.Rename)
        {
            if (!AuthorizationNames.Renameable.Contains(name))
            {
                yield return new($"{Key}.rename.{name}", $"must not be there; only {string.Join(", ", AuthorizationNames.Renameable)} can have another name.");
            }
            else if (!Visible().IsMatch(other) || IsIn(AuthorizationNames.All, other) || request.Rename.Values.Count(value => Same(value, other)) > 1)
            {
                yield return new($"{Key}.rename.{name}", "must be a name of visible characters that no other parameter has.");
            }
        }
    }

    private IEnumerable<DefinitionMistake> Omissions()
    {
        if (request.Omit.Except(AuthorizationNames.Omittable).Any())
        {
            yield return new($"{Key}.omit", $"must be of {string.Join(", ", AuthorizationNames.Omittable)}; PKCE is turned off by pkce alone.");
        }
    }

    private IEnumerable<DefinitionMistake> Parameters()
    {
        foreach ((string name, string template) in request.Parameters)
        {
            if (IsOurs(name))
            {
                yield return new($"{Key}.parameters.{name}", "must not be there; the flow itself says what it is.");
            }

            foreach (DefinitionMistake mistake in syntax.PublicTemplate($"{Key}.parameters.{name}", template))
            {
                yield return mistake;
            }
        }
    }

    private IEnumerable<DefinitionMistake> Suffix()
    {
        if (request.Suffix is not { } suffix)
        {
            yield break;
        }

        if (!Ending().IsMatch(suffix))
        {
            yield return new($"{Key}.suffix", "must begin with # or & and hold nothing but what an address may end in; percent-encode the rest.");
        }

        foreach (string name in AddressQuery.Names(suffix.Split('#')[0]).Where(name => IsOurs(name) || IsIn(AuthorizationNames.All, name) || IsIn(request.Parameters.Keys, name)))
        {
            yield return new($"{Key}.suffix", $"says {name}, which the request says elsewhere.");
        }
    }

    private IEnumerable<DefinitionMistake> Address()
    {
        string query = definition.AuthorizationEndpoint is { } address && address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start ? address[(start + 1)..] : "";
        return AddressQuery.Names(query).Where(IsOurs).Select(name => new DefinitionMistake("authorizationEndpoint", $"says {name} in its query; the flow itself says what it is."));
    }

    private static bool IsTaken(string name) => DefinitionValidator.OwnParameters.Contains(name);

    // Some providers read names in any case.
    private bool IsOurs(string name) =>
        IsIn(RequestObjects, name) || IsIn(AuthorizationNames.Ours, name) || IsIn(request.Rename.Values, name);

    private static bool IsIn(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9_]*\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[!-~]+\z")]
    private static partial Regex Visible();

    // RFC 3986 3.4, 3.5.
    [GeneratedRegex(@"\A[#&][A-Za-z0-9._~!$&'()*+,;=:@/?#%-]*\z")]
    private static partial Regex Ending();
}
