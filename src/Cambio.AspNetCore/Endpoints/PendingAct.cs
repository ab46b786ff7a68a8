using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>An act that has begun. Should it break before it leaves its audit event, <see cref="DoorFilter"/> leaves one that says so.</summary>
/// <param name="Action">The word for it in the audit event.</param>
/// <param name="Provider">The provider that it is about.</param>
internal sealed record PendingAct(string Action, string? Provider)
{
    /// <summary>From here on somebody else leaves the event.</summary>
    public static void End(HttpContext context) => context.Features.Set<PendingAct>(null);

    public static void Begin(HttpContext context, string action, string? provider = null) => context.Features.Set(new PendingAct(action, provider));
}
