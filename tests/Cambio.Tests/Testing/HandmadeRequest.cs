using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Testing;

/// <summary>An authorization request made by hand from a provider's definition, for tests to spoil.</summary>
internal sealed class HandmadeRequest
{
    private readonly FakeProvider fake;

    public HandmadeRequest(FakeProvider fake)
    {
        this.fake = fake;
        AuthorizationRequestDefinition words = fake.Definition.Authorization;
        Standard("client_id", fake.ClientId);
        Standard("redirect_uri", RedirectUri);
        Standard("response_type", "code");
        Standard("state", State);
        Standard("scope", words.Scope.Count == 0 ? null : string.Join(words.ScopeSeparator, words.Scope));
        Standard("code_challenge", Verifier is null ? null : Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        Standard("code_challenge_method", Verifier is null ? null : "S256");
        Standard("nonce", Nonce);
        Standard("response_mode", words.ResponseMode);
        foreach ((string name, string value) in words.Parameters)
        {
            Parameters[name] = Fill(value);
        }
    }

    public string RedirectUri { get; } = "https://api.example.com/auth/x/callback?tenant=a%20b";

    public string State { get; } = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

    public string? Nonce => fake.Definition.IdToken is null || fake.Definition.Authorization.Omit.Contains("nonce") ? null : "n-0S6_WzA2Mj";

    public string? Verifier => fake.Definition.Authorization.Pkce is false ? null : "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// <summary>The parameters under the provider's own names, for tests to change.</summary>
    public Dictionary<string, string?> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>The provider's own address, with the parameters and whatever the definition ends it in.</summary>
    public string Url
    {
        get
        {
            string address = Fill(fake.Definition.AuthorizationEndpoint ?? $"{fake.Definition.Issuer!.TrimEnd('/')}/authorize");
            string query = string.Join('&', Parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
            return $"{address}{(address.Contains('?') ? '&' : '?')}{query}{fake.Definition.Authorization.Suffix}";
        }
    }

    public string Fill(string template) =>
        fake.Variables.Aggregate(template, static (text, variable) => text.Replace($"{{{variable.Key}}}", variable.Value, StringComparison.Ordinal));

    public HandmadeRequest With(string name, string? value)
    {
        Parameters[name] = value;
        return this;
    }

    /// <summary>What an application holds once the callback came, to redeem the code with.</summary>
    public MintedCredentials Credentials(AuthorizationCallback callback) => new()
    {
        Code = callback.Parameters[fake.Definition.Authorization.CodeParameter ?? "code"],
        RedirectUri = RedirectUri,
        CodeVerifier = Verifier,
        Nonce = Nonce,
        Form = callback.Form?.GetValueOrDefault("user"),
        Callback = fake.Definition.Authorization.Callback.ToDictionary(name => name, name => callback.Parameters[name], StringComparer.Ordinal),
    };

    private void Standard(string name, string? value)
    {
        if (!fake.Definition.Authorization.Omit.Contains(name, StringComparer.Ordinal))
        {
            Parameters[fake.Definition.Authorization.Rename.GetValueOrDefault(name, name)] = value;
        }
    }
}
