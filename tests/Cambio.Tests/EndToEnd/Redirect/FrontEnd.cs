using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>A front end that begins a redirect: its own secrets, and what it asks for.</summary>
internal sealed class FrontEnd
{
    public const string ReturnUrl = "https://app.example.com/done";
    public const string Origin = "https://app.example.com";

    /// <summary>The page that has the buttons.</summary>
    public static readonly Uri Page = new("https://app.example.com/login");

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string State { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The parameters of a start; what is given goes before the usual, null leaves one out.</summary>
    public string Query(params (string Name, string? Value)[] own)
    {
        (string Name, string? Value)[] usual = [("return_url", ReturnUrl), ("code_challenge", Challenge), ("state", State)];
        return "?" + string.Join('&', own.Concat(usual.Where(u => own.All(o => o.Name != u.Name)))
            .Where(static p => p.Value is not null).Select(static p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }
}
