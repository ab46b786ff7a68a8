using Cambio.Credentials;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore;

/// <summary>What the end of a redirect asks of the corridor, without the redirect.</summary>
internal sealed class RedirectedExchange(GrantRoom room)
{
    public const string Verifier = "a-verifier-of-forty-three-characters-or-more";

    public static CodeBinding Binding { get; } = new(Pkce.Challenge(Verifier), GrantRoom.ReturnUrl);

    public Task<Result<ExchangeResult>> ExchangeAsync(Handover handover, string user, UserRef? currentUser = null, string provider = "github")
    {
        MintedCredentials minted = room.Fakes[provider].Mint(user);
        return room.Host.Services.GetRequiredService<TokenExchange>().ExchangeAsync(new ExchangeRequest
        {
            Provider = provider,
            Credential = new AuthorizationCode(minted.Code!, minted.RedirectUri, minted.CodeVerifier) { Nonce = minted.Nonce },
            CurrentUser = currentUser,
            Binding = HeldExchange.BindingOf(Binding.CodeChallenge),
            Handover = handover,
            Address = "203.0.113.9",
        });
    }

    /// <summary>The code that an exchange lands with which stops for its front end.</summary>
    public async Task<string> HoldAsync(string user, UserRef? currentUser = null, string provider = "github")
    {
        ExchangeError error = (await ExchangeAsync(Handover.ByCode(Binding), user, currentUser, provider)).Error!;
        Assert.Equal(ErrorCodes.InteractionRequired, error.Code);
        var held = new HeldExchange
        {
            Provider = provider,
            Ticket = error.Ticket!,
            Requires = error.Requires,
            Description = error.Description,
            TermsVersion = error.TermsVersion,
            CodeChallenge = Binding.CodeChallenge,
        };
        return (await room.Host.Services.GetRequiredService<AuthorizationCodes>().HoldAsync(held, Binding, CancellationToken.None)).Value!;
    }
}
