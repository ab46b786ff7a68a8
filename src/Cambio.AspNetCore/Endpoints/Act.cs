using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>What a signed-in user does to the own account: it ends with one audit event and one answer.</summary>
/// <param name="Action">The word for it in the audit event.</param>
/// <param name="UserId">Who does it.</param>
/// <param name="SessionId">In which session.</param>
/// <param name="Address">From where.</param>
internal sealed record Act(string Action, string UserId, string? SessionId, string? Address)
{
    /// <summary>The provider that it is about.</summary>
    public string? Provider { get; init; }

    public static Act Of(string action, Session session, HttpContext context) => new(action, session.User.Id, session.Id, CallerAddress.Of(context));

    public IResult End<T>(Result<T> result, string done, AuditTrail audit, Func<T, IResult>? answer = null)
        where T : notnull
    {
        if (result.IsSuccess)
        {
            audit.Succeeded(Action, done, Provider, credential: null, UserId, SessionId, Address);
            return answer?.Invoke(result.Value) ?? EmptyAnswer.Instance;
        }

        audit.Refused(Action, result.Error, result.Error.Code == ErrorCodes.NotFound ? null : Provider, credential: null, Address);
        return new ErrorResponse(result.Error);
    }
}
