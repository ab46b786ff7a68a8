using System.Text.Json.Serialization;
using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>What an authorization code stands for: a sign-in that is done, or an exchange that waits for its front end.</summary>
internal sealed record CodeContent
{
    public required string CodeChallenge { get; init; }

    public required string RedirectUri { get; init; }

    public CodeLogin? Login { get; init; }

    // Its ticket is no secret of ours: it is sealed, and bound to a verifier that is not kept.
    public HeldExchange? Held { get; init; }

    [JsonIgnore]
    public string? Provider => Login?.Provider ?? Held?.Provider;

    public static CodeContent Of(Account account, SignInContext login, CodeBinding binding) =>
        new() { CodeChallenge = binding.CodeChallenge, RedirectUri = binding.RedirectUri, Login = CodeLogin.Of(account, login) };

    public static CodeContent Of(HeldExchange held, CodeBinding binding) =>
        new() { CodeChallenge = binding.CodeChallenge, RedirectUri = binding.RedirectUri, Held = held };

    public override string ToString() => "authorization code [redacted]";
}

/// <summary>The sign-in behind a code.</summary>
internal sealed record CodeLogin
{
    public required string User { get; init; }

    public required string Provider { get; init; }

    public required string Subject { get; init; }

    public string? ProviderSessionId { get; init; }

    public string? ClientId { get; init; }

    public string? UserAgent { get; init; }

    public string? Address { get; init; }

    public bool IsNewUser { get; init; }

    /// <summary>The session that the first use opens, chosen beforehand so that a second use knows what to end.</summary>
    public required string SessionId { get; init; }

    public static CodeLogin Of(Account account, SignInContext login) => new()
    {
        User = account.User.Id,
        Provider = login.Provider,
        Subject = login.Subject,
        ProviderSessionId = login.ProviderSessionId,
        ClientId = login.ClientId,
        UserAgent = NewSession.Shorten(login.UserAgent),
        Address = login.Address,
        IsNewUser = login.IsNewUser,
        SessionId = login.SessionId ?? NewSession.NewId(),
    };

    /// <param name="clientId">The confidential client that redeems it, which alone may refresh then.</param>
    public SignInContext ToSignIn(string? clientId) => new(Provider, Subject, UserAgent, Address)
    {
        ProviderSessionId = ProviderSessionId,
        ClientId = clientId,
        SessionId = SessionId,
    };

    public override string ToString() => $"{Provider} sign-in [redacted]";
}

/// <summary>Writes what the store keeps for the room, without reflection.</summary>
[JsonSerializable(typeof(CodeContent))]
internal sealed partial class TokensJson : JsonSerializerContext;
