using Cambio.AspNetCore.Requests;
using Cambio.Credentials;

namespace Cambio.AspNetCore.Endpoints.Grants;

/// <summary>The token that a token exchange presents, and the type that it is said to have (RFC 8693 3).</summary>
internal static class SubjectToken
{
    public const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    private const string IdTokenType = "urn:ietf:params:oauth:token-type:id_token";
    private const string JwtType = "urn:ietf:params:oauth:token-type:jwt";

    private static readonly ExchangeError UnknownType =
        ExchangeError.InvalidRequest($"subject_token_type must be one of {AccessTokenType}, {IdTokenType} and {JwtType}.");

    private static readonly ExchangeError StrayNonce = ExchangeError.InvalidRequest("nonce does not belong to an access token: leave it out.");

    public static Result<Credential> Read(OAuthForm form)
    {
        Result<string> token = form.Require("subject_token");
        Result<string> type = form.Require("subject_token_type");
        return !token.IsSuccess ? token.Error : !type.IsSuccess ? type.Error : Make(token.Value, type.Value, form["nonce"]);
    }

    private static Result<Credential> Make(string token, string type, string? nonce) => type switch
    {
        AccessTokenType when nonce is not null => StrayNonce,
        AccessTokenType => new AccessToken(token),
        IdTokenType => new IdToken(token, nonce),
        JwtType => new UntypedJwt(token, nonce),
        _ => UnknownType,
    };
}
