using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Vault;

/// <summary>A provider's own tokens. Never prints them.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="RefreshToken">The refresh token, if there is one.</param>
/// <param name="ExpiresAt">When the access token expires, UTC, if known.</param>
public sealed record ProviderTokens(string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>What stood beside the code on the provider's callback, where the provider wants it back with each request.</summary>
    public JsonElement? Callback { get; init; }

    /// <summary>Nothing; the values are secrets.</summary>
    public override string ToString() => "provider tokens [redacted]";

    internal AnswerScope ToScope(Provider provider)
    {
        var scope = new AnswerScope(provider, AccessToken);
        scope.Add("callback", Callback);
        return scope;
    }
}
