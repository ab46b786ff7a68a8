using System.Diagnostics;
using System.Globalization;
using System.Net.Mime;
using Cambio.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.AspNetCore.Answers;

/// <summary>The one writer of refusals. Tells what the caller may know, and in Development also the private reason and the hint.</summary>
internal sealed class ErrorResponse(ExchangeError error) : IResult
{
    /// <summary>The private reason of a call without a bearer; its challenge names no error (RFC 6750 3.1).</summary>
    public const string BearerMissing = "bearer_missing";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        OAuthErrors? oauth = httpContext.GetEndpoint()?.Metadata.GetMetadata<OAuthErrors>();
        response.StatusCode = oauth is { FoldsStatus: true } ? ErrorStatus.OfOAuth(ErrorStatus.Of(error)) : ErrorStatus.Of(error);
        AnswerHeaders.Set(response);
        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (error.Code == ErrorCodes.InvalidToken)
        {
            response.Headers.WWWAuthenticate = error.Reason == BearerMissing
                ? "Bearer"
                : $"Bearer error=\"{error.Code}\", error_description=\"{error.Description}\"";
        }

        // RFC 6749 5.2 asks for it after that header alone. A client that sent its secret in the body reads the error there, not a challenge
        // to something that it never tried; and a browser would answer with a dialog of its own.
        if (error.Code == ErrorCodes.InvalidClient && ClientCredentials.TriesBasic(httpContext.Request.Headers.Authorization))
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"cambio\"";
        }

        if (PrefersPages.Applies(httpContext))
        {
            return RefusalPage.WriteAsync(httpContext, error, TraceId(httpContext), TellsWhy(httpContext));
        }

        return oauth is not null
            ? response.WriteAsJsonAsync(ToOAuthError(httpContext), AnswerJson.Default.OAuthError, MediaTypeNames.Application.Json, httpContext.RequestAborted)
            : response.WriteAsJsonAsync(ToProblem(httpContext), AnswerJson.Default.Problem, MediaTypeNames.Application.ProblemJson, httpContext.RequestAborted);
    }

    private Problem ToProblem(HttpContext context) => new(
        $"urn:cambio:error:{error.Code}",
        string.Concat(char.ToUpperInvariant(error.Code[0]).ToString(), error.Code.AsSpan(1)).Replace('_', ' '),
        ErrorStatus.Of(error),
        error.Description,
        error.Code,
        error.Description,
        TraceId(context),
        Reason(context),
        TellsWhy(context) ? error.Hint : null,
        error.Ticket,
        error.Requires,
        error.TermsVersion);

    private OAuthError ToOAuthError(HttpContext context) => new(error.Code, error.Description, Reason(context), error.Ticket, error.Requires, error.TermsVersion);

    private string? Reason(HttpContext context) => TellsWhy(context) ? error.Reason : null;

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static bool TellsWhy(HttpContext context) => context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
}
