using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Tests.AspNetCore;

public sealed class SignalEndpointTests(SignalDoors doors) : IClassFixture<SignalDoors>
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("keycloak", "backchannel", 200)]
    [InlineData("google", "risc", 202)]
    [InlineData("apple", "notifications", 200)]
    [InlineData("facebook", "deauthorize", 200)]
    public async Task Acknowledges_as_the_sender_expects_and_says_nothing_else(string id, string name, int status)
    {
        HttpResponseMessage answer = await doors.PostAsync(id, name, doors.Fakes[id].Signal(name, "nobody"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        Answer.AssertNotKept(answer);
    }

    [Fact]
    public async Task A_request_to_delete_is_answered_with_a_page_that_says_when()
    {
        JsonElement answer = await (await doors.PostAsync("facebook", "deletion", doors.Fakes["facebook"].Signal("deletion", "gone"))).JsonAsync();
        string code = answer.GetProperty("confirmation_code").GetString()!;
        Assert.Equal($"https://api.example.com/auth/facebook/signals/deletion/{code}", answer.GetProperty("url").GetString());

        HttpResponseMessage json = await doors.Host.GetAsync($"/auth/facebook/signals/deletion/{code}");
        Assert.Equal("completed", (await json.JsonAsync()).GetProperty("status").GetString());
        Assert.Equal(doors.Host.Time.GetUtcNow(), (await json.JsonAsync()).GetProperty("completed_at").GetDateTimeOffset());
        Answer.AssertNotKept(json);

        HttpResponseMessage page = await doors.Host.SendAsync(
            HttpMethod.Get, $"/auth/facebook/signals/deletion/{code}", headers: ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"));
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("carried out on 2026-", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/auth/facebook/signals/deletion/00000000000000000000000000000000", "not_found")]
    [InlineData("/auth/facebook/signals/deletion/x", "not_found")]
    [InlineData("/auth/facebook/signals/nothing/00000000000000000000000000000000", "not_found")]
    [InlineData("/auth/nobody/signals/deletion/00000000000000000000000000000000", "unknown_provider")]
    public async Task A_code_that_nobody_was_given_is_nothing(string path, string error) =>
        await (await doors.Host.GetAsync(path)).RefusalAsync(HttpStatusCode.NotFound, error);

    [Theory]
    [InlineData("/auth/keycloak/signals/nothing", "not_found")]
    [InlineData("/auth/github/signals/backchannel", "not_found")]
    [InlineData("/auth/nobody/signals/backchannel", "unknown_provider")]
    public async Task An_address_that_no_definition_has_is_nothing(string path, string error) =>
        await (await doors.Host.PostAsync(path, "logout_token=x", Form)).OAuthRefusalAsync(HttpStatusCode.NotFound, error);

    [Theory]
    [InlineData("keycloak", "backchannel", "", Form, 400)]
    [InlineData("keycloak", "backchannel", "logout_token=", Form, 400)]
    [InlineData("keycloak", "backchannel", "logout_token=x", Form, 400)]
    [InlineData("keycloak", "backchannel", "logout_token=x&logout_token=x", Form, 400)]
    [InlineData("keycloak", "backchannel", "{\"logout_token\":\"x\"}", "application/json", 415)]
    [InlineData("facebook", "deletion", "logout_token=x", Form, 400)]
    [InlineData("facebook", "deletion", "signed_request=x", Form, 400)]
    [InlineData("facebook", "deletion", "signed_request=x", "text/plain", 415)]
    [InlineData("apple", "notifications", "{}", "application/json", 400)]
    [InlineData("apple", "notifications", "{\"payload\":7}", "application/json", 400)]
    [InlineData("apple", "notifications", "{\"payload\":\"x\"}", "application/json", 400)]
    [InlineData("apple", "notifications", "[]", "application/json", 400)]
    [InlineData("apple", "notifications", "payload=x", Form, 415)]
    public async Task Refuses_what_is_none(string id, string name, string body, string type, int status) =>
        await (await doors.Host.PostAsync($"/auth/{id}/signals/{name}", body, type)).OAuthRefusalAsync((HttpStatusCode)status, "invalid_request");

    [Theory]
    [InlineData("x", "application/secevent+jwt", 400)]
    [InlineData("", "application/jwt", 400)]
    [InlineData("x", "application/json", 415)]
    [InlineData("token=x", Form, 415)]
    public async Task Refuses_a_body_that_is_no_event_token_in_the_senders_words(string body, string type, int status)
    {
        HttpResponseMessage answer = await doors.Host.PostAsync("/auth/google/signals/risc", body, type);

        Assert.Equal(status, (int)answer.StatusCode);
        await AssertRefusedAsync(answer, "invalid_request");
    }

    [Theory]
    [InlineData("iss", "https://id.example", "invalid_issuer")]
    [InlineData("aud", "another-client", "invalid_audience")]
    [InlineData("kid", "unheard-of", "invalid_key")]
    [InlineData("jti", "", "invalid_request")]
    [InlineData("signature", "AAAA", "authentication_failed")]
    public async Task Says_what_is_wrong_with_an_event_token(string part, string value, string error)
    {
        string[] parts = doors.Fakes["google"].Signal("risc", "ada").Body.Split('.');
        string token = part switch
        {
            "signature" => $"{parts[0]}.{parts[1]}.{value}",
            "kid" => $"{Changed(parts[0], part, value)}.{parts[1]}.{parts[2]}",
            _ => $"{parts[0]}.{Changed(parts[1], part, value)}.{parts[2]}",
        };

        HttpResponseMessage answer = await doors.Host.PostAsync("/auth/google/signals/risc", token, "application/secevent+jwt");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await AssertRefusedAsync(answer, error);
    }

    [Fact]
    public async Task Takes_an_event_token_as_any_JWT_too()
    {
        SimulatedSignal signal = doors.Fakes["google"].Signal("risc", "ada");

        Assert.Equal(HttpStatusCode.Accepted, (await doors.PostAsync("google", "risc", signal with { ContentType = "application/jwt; charset=utf-8" })).StatusCode);
    }

    [Fact]
    public async Task A_logout_token_counts_once_and_an_event_token_may_be_sent_again()
    {
        SimulatedSignal logout = doors.Fakes["keycloak"].Signal("backchannel", "ada");
        SimulatedSignal told = doors.Fakes["google"].Signal("risc", "ada");

        Assert.Equal(HttpStatusCode.OK, (await doors.PostAsync("keycloak", "backchannel", logout)).StatusCode);
        await (await doors.PostAsync("keycloak", "backchannel", logout)).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(HttpStatusCode.Accepted, (await doors.PostAsync("google", "risc", told)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await doors.PostAsync("google", "risc", told)).StatusCode);
    }

    [Fact]
    public async Task What_one_provider_says_another_has_not_said()
    {
        SimulatedSignal logout = doors.Fakes["auth0"].Signal("backchannel", "ada");

        await (await doors.PostAsync("keycloak", "backchannel", logout)).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task More_than_it_takes_is_refused() =>
        await (await doors.Host.PostAsync("/auth/keycloak/signals/backchannel", $"logout_token={new string('x', 70_000)}", Form))
            .OAuthRefusalAsync(HttpStatusCode.RequestEntityTooLarge, "invalid_request");

    [Fact]
    public async Task Only_POST_is_taken() =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await doors.Host.GetAsync("/auth/keycloak/signals/backchannel")).StatusCode);

    [Theory]
    [InlineData("keycloak", "backchannel")]
    [InlineData("google", "risc")]
    [InlineData("apple", "notifications")]
    [InlineData("facebook", "deletion")]
    public async Task Says_that_the_store_is_down_so_that_it_is_sent_again(string id, string name)
    {
        var sink = new AuditEvents();
        await using DoorHost host = await doors.StartAsync(services => services
            .Replace(ServiceDescriptor.Singleton<IStore>(new IllStore(_ => Task.FromResult(true)))).AddSingleton<IAuditSink>(sink));
        SimulatedSignal signal = doors.Fakes[id].Signal(name, "ada");

        HttpResponseMessage answer = await host.PostAsync($"/auth/{id}/signals/{name}", signal.Body, signal.ContentType);

        await answer.OAuthRefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(("signal", "store_unavailable"), Assert.Single(sink.All.Select(e => (e.Action, e.Reason))));
    }

    private static string Changed(string part, string name, string value)
    {
        var members = System.Text.Json.Nodes.JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part))!.AsObject();
        members[name] = value;
        return Credentials.TestKey.Encode(members.ToJsonString());
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string error)
    {
        JsonElement body = await answer.JsonAsync();
        Assert.Equal(["err", "description"], body.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(error, body.GetProperty("err").GetString());
        Assert.Equal("en", answer.Content.Headers.ContentLanguage.Single());
        Answer.AssertNotKept(answer);
    }
}
