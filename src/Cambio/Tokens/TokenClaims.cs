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

    /// <summary>The claim behind <c>Identity.Name</c>: the best name that there is.</summary>
    public static string NameClaim(Account account) =>
        account.Name is not null ? JwtRegisteredClaimNames.Name
        : account.PreferredUsername is not null ? JwtRegisteredClaimNames.PreferredUsername
        : JwtRegisteredClaimNames.Sub;
}
