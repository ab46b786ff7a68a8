using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Requests;

/// <summary>Where a call came from, for sessions and audit events.</summary>
internal static class CallerAddress
{
    public static string? Of(HttpContext context) =>
        (context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress)?.ToString();

    public static string? AgentOf(HttpContext context) => context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null;
}
