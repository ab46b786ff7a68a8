using System.Globalization;
using System.Security.Claims;
using Cambio.Storage;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Cambio.Tokens;

/// <summary>What every access token says of its user and session: a JWT in its payload, an API token when it is looked up.</summary>
internal static class TokenClaims
{
    public static Dictionary<string, object> Of(Account account, Session session)
    {
        var claims = new Dictionary<string, object>(6)
        {
            [JwtRegisteredClaimNames.Sub] = account.User.Id,
            [JwtRegisteredClaimNames.Sid] = session.Id,
            [JwtRegisteredClaimNames.AuthTime] = session.CreatedAt.ToUnixTimeSeconds(),
        };
        if (account.Name is { } name)
        {
            claims[JwtRegisteredClaimNames.Name] = name;
        }

        if (account.PreferredUsername is { } username)
        {
            claims[JwtRegisteredClaimNames.PreferredUsername] = username;
        }

        return claims;
    }

    /// <summary>The same as claims of an identity.</summary>
    public static IEnumerable<Claim> Of(Account account, Session session, string issuer) => Of(account, session).Select(claim => claim.Value is long number
        ? new Claim(claim.Key, number.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64, issuer)
        : new Claim(claim.Key, (string)claim.Value, ClaimValueTypes.String, issuer));

    /// <summary>The claim behind <c>Identity.Name</c>: the best name that there is.</summary>
    public static string NameClaim(Account account) => NameClaim(account.Name is not null, account.PreferredUsername is not null);

    /// <summary>The same for a token, by what it has.</summary>
    public static string NameClaim(JsonWebToken token) =>
        NameClaim(Has(token, JwtRegisteredClaimNames.Name), Has(token, JwtRegisteredClaimNames.PreferredUsername));

    private static string NameClaim(bool hasName, bool hasUsername) =>
        hasName ? JwtRegisteredClaimNames.Name
        : hasUsername ? JwtRegisteredClaimNames.PreferredUsername
        : JwtRegisteredClaimNames.Sub;

    private static bool Has(JsonWebToken token, string claim) => token.TryGetPayloadValue(claim, out string _);
}
