using System.Text.Json.Serialization;
using Cambio.Tokens;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>What an exchange answers.</summary>
internal sealed record ExchangeAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("token_type")] string? TokenType,
    [property: JsonPropertyName("expires_in")] long? ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("is_new_user")] bool IsNewUser,
    [property: JsonPropertyName("user")] UserAnswer User,
    [property: JsonPropertyName("login")] LoginAnswer Login)
{
    public static IResult Of(ExchangeResult result) => new JsonAnswer<ExchangeAnswer>(
        new(
            result.Token?.AccessToken,
            result.Token is null ? null : TokenAnswer.Bearer,
            (long?)result.Token?.ExpiresIn?.TotalSeconds,
            result.Token?.RefreshToken,
            result.IsNewUser,
            UserAnswer.From(result.Account),
            new LoginAnswer(result.Provider, result.Subject)),
        AnswerJson.Default.ExchangeAnswer);
}

/// <summary>The identity that was exchanged.</summary>
internal sealed record LoginAnswer(
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("subject")] string Subject);

/// <summary>What the token endpoint answers, RFC 6749 5.1.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] long? ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("issued_token_type")] string? IssuedTokenType,
    [property: JsonPropertyName("is_new_user")] bool? IsNewUser = null)
{
    public const string Bearer = "Bearer";

    public static TokenAnswer Of(IssuedToken token, string? issuedTokenType = null) =>
        new(token.AccessToken, Bearer, (long?)token.ExpiresIn?.TotalSeconds, token.RefreshToken, issuedTokenType);

    public override string ToString() => "token answer [redacted]";
}
