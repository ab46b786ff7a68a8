using System.Net;
using System.Reflection;
using System.Text.Json;
using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.AspNetCore;

public sealed class ErrorResponseTests
{
    [Fact]
    public void Every_code_has_the_status_that_the_contract_gives_it()
    {
        var contract = new Dictionary<string, int>
        {
            ["invalid_request"] = 400, ["invalid_grant"] = 400, ["invalid_state"] = 400, ["unsupported_grant_type"] = 400,
            ["unauthorized_client"] = 400, ["invalid_target"] = 400, ["invalid_scope"] = 400,
            ["invalid_client"] = 401, ["invalid_token"] = 401,
            ["access_denied"] = 403, ["signup_disabled"] = 403, ["credential_not_accepted"] = 403,
            ["unknown_provider"] = 404, ["not_found"] = 404,
            ["link_required"] = 409, ["identity_in_use"] = 409, ["last_login_method"] = 409, ["interaction_required"] = 409,
            ["too_many_requests"] = 429,
            ["server_error"] = 500, ["provider_error"] = 502, ["temporarily_unavailable"] = 503,
        };

        Assert.Equal(contract.OrderBy(static pair => pair.Key), ErrorStatus.ByCode.OrderBy(static pair => pair.Key));
        Assert.Equal(
            contract.Keys.Order(),
            typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetValue(null)!).Order());
    }

    [Theory]
    [InlineData("method_not_allowed", 405)]
    [InlineData("body_too_large", 413)]
    [InlineData("unsupported_media_type", 415)]
    [InlineData("anything else", 400)]
    public void A_malformed_request_has_the_status_that_says_most(string reason, int status) =>
        Assert.Equal(status, ErrorStatus.Of(ExchangeError.InvalidRequest("Mend it.", reason)));

    [Fact]
    public async Task All_bad_credentials_get_the_same_bytes_save_the_trace()
    {
        await using DoorHost host = await StartAsync("Production");

        JsonElement one = await (await host.GetAsync("/refuse/invalid_grant?reason=audience_mismatch")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        JsonElement other = await (await host.GetAsync("/refuse/invalid_grant?reason=token_expired")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");

        string trace = other.GetProperty("trace_id").GetString()!;
        Assert.NotEqual(one.GetProperty("trace_id").GetString(), trace);
        Assert.Equal(other.GetRawText(), one.GetRawText().Replace(one.GetProperty("trace_id").GetString()!, trace, StringComparison.Ordinal));
        Assert.False(one.TryGetProperty("reason", out _));
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Staging", false)]
    [InlineData("Production", false)]
    public async Task Only_development_tells_the_private_reason(string environment, bool told)
    {
        await using DoorHost host = await StartAsync(environment);

        JsonElement problem = await (await host.GetAsync("/refuse/invalid_grant?reason=nonce_mismatch")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        JsonElement error = await (await host.GetAsync("/oauth/invalid_grant?reason=nonce_mismatch")).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");

        Assert.Equal(told ? "nonce_mismatch" : null, problem.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null);
        Assert.Equal(told, error.TryGetProperty("reason", out _));
    }

    [Fact]
    public async Task An_interrupted_exchange_brings_its_ticket_and_what_is_missing()
    {
        await using DoorHost host = await StartAsync("Production");

        JsonElement problem = await (await host.GetAsync("/refuse/interaction_required")).RefusalAsync(HttpStatusCode.Conflict, "interaction_required");

        Assert.Equal("the-ticket", problem.GetProperty("ticket").GetString());
        Assert.Equal("email", problem.GetProperty("requires").GetString());
    }

    [Fact]
    public async Task An_interrupted_token_exchange_does_so_in_oauth_form()
    {
        await using DoorHost host = await StartAsync("Production");

        JsonElement error = await (await host.GetAsync("/oauth/interaction_required")).OAuthRefusalAsync(HttpStatusCode.BadRequest, "interaction_required");

        Assert.Equal("the-ticket", error.GetProperty("ticket").GetString());
        Assert.Equal("email", error.GetProperty("requires").GetString());
    }

    [Theory]
    [InlineData(ErrorCodes.InvalidRequest, 400)]
    [InlineData(ErrorCodes.InvalidClient, 401)]
    [InlineData(ErrorCodes.AccessDenied, 400)]
    [InlineData(ErrorCodes.CredentialNotAccepted, 400)]
    [InlineData(ErrorCodes.UnknownProvider, 400)]
    [InlineData(ErrorCodes.LinkRequired, 400)]
    [InlineData(ErrorCodes.TooManyRequests, 429)]
    [InlineData(ErrorCodes.ServerError, 500)]
    [InlineData(ErrorCodes.ProviderError, 502)]
    [InlineData(ErrorCodes.TemporarilyUnavailable, 503)]
    public void An_oauth_endpoint_has_400_for_what_is_no_failed_client_and_no_fault(string code, int status) =>
        Assert.Equal(status, ErrorStatus.OfOAuth(ErrorStatus.ByCode[code]));

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(2.1, 3)]
    [InlineData(30, 30)]
    [InlineData(100_000, 300)]
    public async Task Whoever_shall_come_back_is_told_when_in_whole_seconds(double seconds, int told)
    {
        await using DoorHost host = await StartAsync("Production");

        HttpResponseMessage answer = await host.GetAsync(FormattableString.Invariant($"/refuse/temporarily_unavailable?seconds={seconds}"));

        await answer.RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.Equal(TimeSpan.FromSeconds(told), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Other_refusals_name_no_time_and_no_challenge()
    {
        await using DoorHost host = await StartAsync("Production");

        HttpResponseMessage answer = await host.GetAsync("/refuse/invalid_grant?reason=x");

        Assert.Null(answer.Headers.RetryAfter);
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    private static Task<DoorHost> StartAsync(string environment) => DoorHost.StartAsync(environment: environment, map: static app =>
    {
        app.MapGet("/refuse/{code}", Refuse);
        app.MapGet("/oauth/{code}", Refuse).WithMetadata(OAuthErrors.Instance);
    });

    private static IResult Refuse(string code, string? reason, double? seconds) => new ErrorResponse(code switch
    {
        "invalid_grant" => ExchangeError.InvalidGrant(reason!),
        "interaction_required" => ExchangeError.InteractionRequired("email") with { Ticket = "the-ticket" },
        _ => ExchangeError.TemporarilyUnavailable("down", TimeSpan.FromSeconds(seconds!.Value)),
    });
}
