using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Whose fault it is that a token endpoint refused (RFC 6749 5.2).</summary>
internal static class TokenRefusal
{
    /// <summary>The refusal, by what <c>error</c> says and otherwise by the status.</summary>
    /// <param name="status">The HTTP status; 200 where the answer says itself that it is a refusal.</param>
    /// <param name="body">The answer; undefined when it could not be read.</param>
    public static ExchangeError Judge(int status, JsonElement body) => (Error(body), status) switch
    {
        ("invalid_grant", _) => ExchangeError.InvalidGrant($"provider_refused_{status}"),
        ("invalid_client" or "incorrect_client_credentials", _) or (_, 401) => ClientRejected,
        ("unauthorized_client" or "unsupported_grant_type" or "invalid_scope", _) => ExchangeError.ProviderError("token_request_rejected"),
        ("temporarily_unavailable" or "server_error", _) => ExchangeError.TemporarilyUnavailable("provider_refused_for_now"),
        (not null, 403 or 422) => ExchangeError.InvalidGrant($"provider_refused_{status}"),
        (_, 200 or 400) when body.ValueKind == JsonValueKind.Object => ExchangeError.InvalidGrant($"provider_refused_{status}"),
        _ => ExchangeError.ProviderError($"provider_status_{status}"),
    };

    /// <summary>Our own id or secret is wrong: for the operator to mend, not for the user.</summary>
    public static ExchangeError ClientRejected { get; } = ExchangeError.ProviderError("client_credentials_rejected");

    /// <summary>Whether the answer names our registration as what is wrong.</summary>
    public static bool NamesClient(JsonElement body) => Error(body) is "invalid_client";

    /// <summary>Whether the answer names the grant, in the standard's own word, as what is wrong: the refresh token is dead.</summary>
    public static bool NamesGrant(JsonElement body) => Error(body) is "invalid_grant";

    private static string? Error(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out JsonElement error) ? JsonText.Of(error) : null;
}
