using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>A JWS in compact serialization (RFC 7515 7.1), read strictly and not yet believed.</summary>
internal sealed class CompactJws
{
    private const int MaxDepth = 16;

    private CompactJws(string signedPart, JsonElement header, JsonElement payload)
    {
        SignedPart = signedPart;
        Header = header;
        Payload = payload;
    }

    /// <summary>What the signature is over: the token without it.</summary>
    public string SignedPart { get; }

    public JsonElement Header { get; }

    public JsonElement Payload { get; }

    /// <summary>The parts, or null where the text is anything but three parts of base64url of which two are JSON objects.</summary>
    public static CompactJws? TryParse(string token)
    {
        int first = token.IndexOf('.');
        int last = token.LastIndexOf('.');
        if (token.Length > CredentialLimits.IdToken || first < 0 || token.IndexOf('.', first + 1) != last
            || Base64UrlText.Decode(token.AsSpan(0, first)) is not { } header
            || Base64UrlText.Decode(token.AsSpan(first + 1, last - first - 1)) is not { } payload
            || Base64UrlText.Decode(token.AsSpan(last + 1)) is null)
        {
            return null;
        }

        return StrictJson.Parse(header, MaxDepth) is { ValueKind: JsonValueKind.Object } head
            && StrictJson.Parse(payload, MaxDepth) is { ValueKind: JsonValueKind.Object } claims
            ? new CompactJws(token[..last], head, claims)
            : null;
    }

    public override string ToString() => "JWS [redacted]";
}
