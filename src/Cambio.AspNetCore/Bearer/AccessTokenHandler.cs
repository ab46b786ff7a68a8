using Cambio.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.AspNetCore.Bearer;

/// <summary>Lets the core judge a bearer: keys come from the ring, sessions from the store, and no rule can be loosened by options.</summary>
internal sealed class AccessTokenHandler(BearerValidator validator, bool watched) : TokenHandler
{
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        validator.ValidateAsync(token, CancellationToken.None, watched);
}
