using System.Text.Json;
using Cambio.Credentials;

namespace Cambio.AspNetCore.Requests;

/// <summary>A member that an exchange knows: how long it may be, and which credentials it belongs to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Longest">In characters.</param>
/// <param name="BelongsTo">The credentials that it may stand beside; empty for a credential itself.</param>
internal sealed record ExchangeMember(string Name, int Longest, params string[] BelongsTo)
{
    public static ExchangeMember AccessToken { get; } = new("access_token", CredentialLimits.AccessToken);

    public static ExchangeMember IdToken { get; } = new("id_token", CredentialLimits.IdToken);

    public static ExchangeMember Code { get; } = new("code", CredentialLimits.Code);

    public static ExchangeMember Ticket { get; } = new("ticket", CredentialLimits.Ticket);

    public static ExchangeMember LinkCode { get; } = new("link_code", CredentialLimits.Code);

    public static ExchangeMember RedirectUri { get; } = new("redirect_uri", CredentialLimits.RedirectUri, "code");

    public static ExchangeMember CodeVerifier { get; } = new("code_verifier", CredentialLimits.CodeVerifier, "code", "link_code");

    public static ExchangeMember Nonce { get; } = new("nonce", CredentialLimits.Nonce, "code", "id_token");

    public static ExchangeMember User { get; } = new(JsonMembers.User, CredentialLimits.User, "code", "id_token");

    public static IReadOnlyList<ExchangeMember> Credentials { get; } = [AccessToken, IdToken, Code, Ticket, LinkCode];

    /// <summary>What may stand beside a credential.</summary>
    public static IReadOnlyList<ExchangeMember> Companions { get; } = [RedirectUri, CodeVerifier, Nonce, User];

    public static IReadOnlyList<ExchangeMember> All { get; } = [.. Credentials, .. Companions];

    /// <summary>Why this value is refused, or null.</summary>
    public ExchangeError? Judge(string? value)
    {
        string? mistake = value switch
        {
            null => "must be a string",
            _ when string.IsNullOrWhiteSpace(value) => "is empty: give it a value or leave it out",
            _ when value.Length > Longest => $"is longer than {Longest} characters",
            _ when this == User => IsObject(value) ? null : "must be the JSON object that the provider sent",

            // RFC 6749 appendix A, without the space that no provider puts into a credential.
            _ when value.AsSpan().ContainsAnyExceptInRange('!', '~') => "holds a character that cannot stand in it: send it exactly as you got it",
            _ => null,
        };
        return mistake is null ? null : ExchangeError.InvalidRequest($"{Name} {mistake}.");
    }

    private static bool IsObject(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name with half of a surrogate pair.
            return false;
        }
    }
}
