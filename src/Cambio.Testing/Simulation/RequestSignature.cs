using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cambio.Testing.Simulation;

/// <summary>What some providers demand of a call beside the token: that the application's secret or key signed it.</summary>
internal static class RequestSignature
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    /// <summary>Whether the provider demands it and it is not there, or is another application's.</summary>
    /// <param name="context">The provider.</param>
    /// <param name="request">The call.</param>
    /// <param name="clientId">The application that the token was issued to, or that redeems a code.</param>
    /// <param name="accessToken">The user's token; null where there is none yet.</param>
    public static bool IsMissing(SimulationContext context, SimulatedRequest request, string clientId, string? accessToken) =>
        (context.Definition.Quirk, accessToken) switch
        {
            ("appsecret_proof", { } token) => request.Query.GetValueOrDefault("appsecret_proof") != Hmac(context.Clients.Secret(clientId), token),
            ("md5_signature", { } token) => !IsMd5(context, request, clientId, token),
            ("rsa_sha256_signature", _) => context.Clients.IsAnother(clientId) || !IsRsa(context, request),
            _ => false,
        };

    private static string Hmac(string secret, string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token)));

    private static bool IsMd5(SimulationContext context, SimulatedRequest request, string clientId, string token)
    {
        string text = string.Concat(Sorted(request, "access_token", "sig").Select(p => $"{p.Key}={p.Value}"));
        return request.Query.GetValueOrDefault("access_token") == token
            && request.Query.GetValueOrDefault("application_key") == context.Clients.VariablesOf(clientId, context.Variables)["applicationKey"]
            && request.Query.GetValueOrDefault("sig") == Md5(text + Md5(token + context.Clients.Secret(clientId)));
    }

    private static bool IsRsa(SimulationContext context, SimulatedRequest request)
    {
        KeyValuePair<string, string>[] all = [.. Sorted(request)];
        string? Value(string name) => Array.Find(all, p => p.Key == name).Value;
        if (Value("sign") is not { } sign || Value("sign_type") != "RSA2" || !IsNow(Value("timestamp"), context.Time))
        {
            return false;
        }

        string text = string.Join('&', Sorted(request, "sign").Where(p => p.Value.Length > 0).Select(p => $"{p.Key}={p.Value}"));
        byte[] signature = new byte[sign.Length];
        using var key = RSA.Create();
        key.ImportFromPem(context.Variables["privateKey"]);
        return Convert.TryFromBase64String(sign, signature, out int length)
            && key.VerifyData(Encoding.UTF8.GetBytes(text), signature.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static bool IsNow(string? timestamp, TimeProvider time) =>
        DateTime.TryParseExact(timestamp, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment)
        && (new DateTimeOffset(moment, Offset) - time.GetUtcNow()).Duration() < Tolerance;

    private static IEnumerable<KeyValuePair<string, string>> Sorted(SimulatedRequest request, params string[] except) =>
        request.Query.Concat(request.Form).Where(p => !except.Contains(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal);

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The rule of the provider that is played.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
