using Cambio.AspNetCore.Answers;
using Cambio.Providers;
using Cambio.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/{provider}/signals/{name}/{code}</c>: that a request to delete was carried out, and when.</summary>
internal static class SignalStatusEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapGetDoor($"{SignalEndpoint.Pattern}/{{code}}", HandleAsync)
            .WithName("SignalStatus")
            .WithSummary("When a provider's request to delete was carried out")
            .WithMetadata(PrefersPages.Instance)
            .Produces<SignalStatusAnswer>()
            .ProducesRefusals(404, 503);

    private static async Task<IResult> HandleAsync(
        string provider,
        string name,
        string code,
        HttpContext context,
        [FromServices] ProviderRegistry providers,
        [FromServices] SignalConfirmations confirmations,
        CancellationToken cancellationToken)
    {
        Result<SignalSource> source = SignalSource.Find(providers, provider, name);
        if (!source.IsSuccess)
        {
            return new ErrorResponse(source.Error);
        }

        Result<DateTimeOffset> completed = await confirmations.FindAsync(source.Value.Provider, name, code, cancellationToken);
        if (!completed.IsSuccess)
        {
            return new ErrorResponse(completed.Error);
        }

        var answer = new SignalStatusAnswer("completed", completed.Value);
        return PrefersPages.Applies(context)
            ? new SignalStatusPage(answer)
            : new JsonAnswer<SignalStatusAnswer>(answer, AnswerJson.Default.SignalStatusAnswer);
    }
}
