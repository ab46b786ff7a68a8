using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;

namespace Cambio.AspNetCore.Endpoints.Grants;

/// <summary>One grant of the token endpoint. It leaves one audit event, whatever comes of it.</summary>
internal interface IGrant
{
    /// <summary>Its <c>grant_type</c>.</summary>
    string Type { get; }

    /// <summary>The act's word in audit events.</summary>
    string Action { get; }

    /// <summary>The tokens, or the refusal.</summary>
    Task<Result<TokenAnswer>> AnswerAsync(OAuthForm form, Caller caller, CancellationToken cancellationToken);
}
