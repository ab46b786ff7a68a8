using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Clients;
using Cambio.Credentials;
using Cambio.Telemetry;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Endpoints.Grants;

/// <summary>Our tokens for a provider's token (RFC 8693): the corridor in the words of an RFC.</summary>
internal sealed class TokenExchangeGrant(TokenExchange exchange, TokenParties parties, AuditTrail audit) : IGrant
{
    // Whoever sends one of these means to act for somebody else, and must not be left to think that it works.
    private static readonly string[] Unsupported =
        ["actor_token", "actor_token_type", "requested_actor", "requested_actor_type", "requested_issuer", "requested_subject"];

    public string Type => GrantTypes.TokenExchange;

    public string Action => "exchange";

    public async Task<Result<TokenAnswer>> AnswerAsync(OAuthForm form, Caller caller, CancellationToken cancellationToken)
    {
        Result<ExchangeRequest> request = Read(form, caller);
        if (!request.IsSuccess)
        {
            // It never enters the corridor, which writes the event of every other exchange.
            audit.Refused(Action, request.Error, provider: null, credential: null, form.Address);
            return request.Error;
        }

        TicketBinding binding = TicketBinding.Of(form.Context, caller.Client);
        Result<ExchangeResult> result = await exchange.ExchangeAsync(request.Value with { Binding = binding.Text }, cancellationToken);
        binding.Settle(result.Error);

        // Only a link leaves without tokens, and this is none.
        return result.IsSuccess ? TokenAnswer.Of(result.Value.Token!, SubjectToken.AccessTokenType) : Reword(result.Error);
    }

    private Result<ExchangeRequest> Read(OAuthForm form, Caller caller)
    {
        Result<Credential> subject = SubjectToken.Read(form);
        Result<string> issuer = form.Require("subject_issuer");
        return !subject.IsSuccess ? subject.Error
            : !issuer.IsSuccess ? issuer.Error
            : Refusal(form) is { } refusal ? refusal
            : new ExchangeRequest
            {
                Provider = issuer.Value,
                Credential = subject.Value,
                Client = caller.Client,
                UserAgent = form.UserAgent,
                Address = form.Address,
            };
    }

    private ExchangeError? Refusal(OAuthForm form) =>
        Array.Find(Unsupported, name => form[name] is not null) is { } unsupported ? ExchangeError.InvalidRequest($"{unsupported} is not supported: leave it out.")
        : form["requested_token_type"] is not (null or SubjectToken.AccessTokenType)
            ? ExchangeError.InvalidRequest($"requested_token_type can only be {SubjectToken.AccessTokenType}.")
        : IsForeign(form["audience"]) || IsForeign(form["resource"]) ? ExchangeError.InvalidTarget()
        : form["scope"] is not null ? ExchangeError.InvalidScope()
        : null;

    private bool IsForeign(string? target) => target is not null && target != parties.Audience;

    // To an RFC's client the provider is a parameter, not an address.
    private static ExchangeError Reword(ExchangeError error) =>
        error.Code == ErrorCodes.UnknownProvider || error == ExchangeError.ProviderNotAllowed()
            ? ExchangeError.InvalidRequest("subject_issuer names no provider that is enabled here for this client; GET /auth/providers lists those that are.", error.Reason)
            : error;
}
