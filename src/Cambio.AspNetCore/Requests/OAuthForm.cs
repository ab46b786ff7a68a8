using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Requests;

/// <summary>The parameters of a call to an OAuth endpoint, and where it came from.</summary>
internal sealed class OAuthForm
{
    private readonly MemberSet members;

    private OAuthForm(HttpContext context, MemberSet members)
    {
        this.members = members;
        Context = context;
        Authorization = context.Request.Headers.Authorization;
        Address = CallerAddress.Of(context);
        UserAgent = CallerAddress.AgentOf(context);
    }

    /// <summary>The call that it came with.</summary>
    public HttpContext Context { get; }

    /// <summary>The headers of that name.</summary>
    public IReadOnlyList<string?> Authorization { get; }

    public string? Address { get; }

    public string? UserAgent { get; }

    /// <summary>The value of a parameter; null when there is none. RFC 6749 3.2: one without a value counts as omitted.</summary>
    public string? this[string name] => members.Find(name)?.Text is { Length: > 0 } value ? value : null;

    public static async Task<Result<OAuthForm>> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (QueryCredential.In(context.Request) is { } leaked)
        {
            return leaked;
        }

        Result<MemberSet> members = await RequestBody.ReadFormAsync(context.Request, cancellationToken);
        return members.IsSuccess ? new OAuthForm(context, members.Value) : members.Error;
    }

    /// <summary>The value of a parameter that must be there.</summary>
    public Result<string> Require(string name) => this[name] is { } value ? value : ExchangeError.InvalidRequest($"{name} is missing.");

    public override string ToString() => "form [redacted]";
}
