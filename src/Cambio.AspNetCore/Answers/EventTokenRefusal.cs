using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>Refuses a security event token in the words of RFC 8935 2.4; an outage is answered as everywhere, so that it is sent again.</summary>
internal sealed class EventTokenRefusal(ExchangeError error) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (error.Code != ErrorCodes.InvalidRequest)
        {
            return new ErrorResponse(error).ExecuteAsync(httpContext);
        }

        HttpResponse response = httpContext.Response;
        response.StatusCode = ErrorStatus.Of(error);
        AnswerHeaders.Set(response);
        response.Headers.ContentLanguage = "en";
        return response.WriteAsJsonAsync(
            new EventTokenError(Word(error.Reason), error.Description), AnswerJson.Default.EventTokenError, MediaTypeNames.Application.Json, httpContext.RequestAborted);
    }

    private static string Word(string reason) => reason switch
    {
        "issuer_mismatch" => "invalid_issuer",
        "audience_mismatch" => "invalid_audience",
        "signing_key_unknown" or "event_token_algorithm" or "event_token_key_id" => "invalid_key",
        "event_token_signature" => "authentication_failed",
        _ => "invalid_request",
    };
}
