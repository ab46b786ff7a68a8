using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>Verifies a <c>signed_request</c>: the HMAC of its second part under the client secret, then that part.</summary>
internal sealed class SignedRequest(TimeProvider time)
{
    private const string Algorithm = "HMAC-SHA256";
    private const int MaxDepth = 8;

    /// <summary>The signal.</summary>
    public Result<Signal> Read(SignalSource source, string token)
    {
        int dot = token.IndexOf('.');
        if (dot < 0 || Base64UrlText.Decode(token.AsSpan(0, dot)) is not { } signature || Base64UrlText.Decode(token.AsSpan(dot + 1)) is not { } payload)
        {
            return SignalRefusal.Because("signed_request_malformed");
        }

        // Without a secret anybody could sign.
        if (source.Provider.ClientSecret is not { Length: > 0 } secret)
        {
            return SignalRefusal.Because("signed_request_secret");
        }

        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(token[(dot + 1)..]));
        if (!CryptographicOperations.FixedTimeEquals(signature, expected))
        {
            return SignalRefusal.Because("signed_request_signature");
        }

        return StrictJson.Parse(payload, MaxDepth) is { ValueKind: JsonValueKind.Object } claims
            ? Judge(source, token, claims)
            : SignalRefusal.Because("signed_request_malformed");
    }

    private Result<Signal> Judge(SignalSource source, string token, JsonElement claims)
    {
        const string issuedAt = "issued_at";
        if (JsonText.Member(claims, "algorithm") != Algorithm)
        {
            return SignalRefusal.Because("signed_request_algorithm");
        }

        // What a page gets at a sign-in is signed likewise, and holds a code; it is nobody's wish to be forgotten.
        if (claims.TryGetProperty("code", out _))
        {
            return SignalRefusal.Because("signed_request_of_a_login");
        }

        if (SignalTimes.Fault(claims, issuedAt, time.GetUtcNow()) is { } fault)
        {
            return SignalRefusal.Because($"signed_request_{fault}");
        }

        if (SubjectText.Of(ProviderPath.Parse(source.Definition.Subject ?? "user_id").Read(claims)) is not { } subject)
        {
            return SignalRefusal.Because("signed_request_subject_missing");
        }

        SignalEffect effect = source.Definition.Effect ?? SignalEffect.None;
        return new Signal([new(effect, source.Name, subject)], source.Mark(token, SignalTimes.End(claims, issuedAt)))
        {
            ConfirmationCode = effect == SignalEffect.Delete ? source.Code(token) : null,
        };
    }
}
