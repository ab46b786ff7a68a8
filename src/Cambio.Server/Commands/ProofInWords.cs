using Cambio.Providers;

namespace Cambio.Server.Commands;

/// <summary>Says in sentences what stands in a definition as one word: what proves an access token, and what an e-mail is worth.</summary>
internal static class ProofInWords
{
    public static string Of(ProviderFacts provider) => provider.Proof is { } proof
        ? $"{Kind(proof.Kind)}; {Confidence(proof, provider)}"
        : "none: bare access tokens are refused (no_audience_proof); send a code or an ID token";

    public static string OfEmail(IReadOnlyList<string> trust) => trust switch
    {
        [] => "its verified flag links no account",
        [ProviderWords.FullTrust] => "its verified flag may link accounts, whatever the address",
        _ => $"its verified flag may link accounts for addresses of {string.Join(", ", trust.Select(Address))}",
    };

    private static string Kind(string kind) => kind switch
    {
        "request" => "the provider is asked to which application the token was issued",
        "introspection" => "the provider is asked by RFC 7662 to which application the token was issued",
        "jwt" => "the token is a JWT that the provider signed and that names our application",
        "signature" => "the profile call is signed with our own secret, and fails for a token of another application",
        _ => kind,
    };

    private static string Confidence(ProofFacts proof, ProviderFacts provider) => proof switch
    {
        { OffUntil: { } setting } when setting != ProofFacts.Accepts => $"{proof.Confidence}, and off until Cambio:Providers:{provider.Id}:{setting} is set",
        { OffUntil: not null } => $"{proof.Confidence}, and off until Cambio:Providers:{provider.Id}:Accepts={string.Join(' ', [.. provider.Accepts, "access_token"])}",
        { Confidence: "remembered" } => "remembered from use elsewhere",
        _ => "documented by the provider",
    };

    private static string Address(string word) =>
        word.StartsWith("claim:", StringComparison.Ordinal) ? $"the domain that the claim {word["claim:".Length..]} names" : word;
}
