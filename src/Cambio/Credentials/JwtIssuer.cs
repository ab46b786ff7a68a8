using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Who may have issued a JWT (OpenID Connect Core 3.1.3.7, step 2; RFC 9068 4).</summary>
internal static class JwtIssuer
{
    /// <summary>What a claim fills in: a tenant, never a slash or a dot. The rest of the address stays the definition's.</summary>
    public const string ClaimPattern = "[A-Za-z0-9-]+";

    /// <summary>Whether <c>iss</c> is exactly one of the accepted issuers, their templates filled with settings and the token's own claims.</summary>
    public static bool Accepts(Provider provider, TextList issuers, JsonElement claims)
    {
        if (!claims.TryGetProperty("iss", out JsonElement iss) || iss.ValueKind != JsonValueKind.String || JsonText.Of(iss) is not { Length: > 0 } issuer)
        {
            return false;
        }

        IReadOnlyList<string> accepted = issuers.Count > 0 ? issuers : [provider.Definition.Issuer ?? ""];
        AnswerScope scope = new AnswerScope(provider).WithRoot(claims);
        return accepted.Any(template => IsFillable(template, scope) && ProviderTemplate.Fill(template, scope) == issuer);
    }

    private static bool IsFillable(string template, AnswerScope scope) => ProviderTemplate.Names(template)
        .All(name => scope.IsVariable(name) || (scope.Lookup(name) is { } value && Condition.IsMatch(value, ClaimPattern)));
}
