using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Cambio.Tests.EndToEnd;

/// <summary>Whatever bytes come in: a clear 4xx of the contract, nothing written, never a 500.</summary>
public sealed class BadInputTests(BadInputTests.Server server) : IClassFixture<BadInputTests.Server>
{
    public static TheoryData<string, string?, string, int, string> Bodies() => new()
    {
        // path, content type, body, status, error
        { "/auth/google", "application/json", "", 400, "invalid_request" },
        { "/auth/google", "application/json", "{}", 400, "invalid_request" },
        { "/auth/google", "application/json", "null", 400, "invalid_request" },
        { "/auth/google", "application/json", "[]", 400, "invalid_request" },
        { "/auth/google", "application/json", "\"x\"", 400, "invalid_request" },
        { "/auth/google", "application/json", "1", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\",}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\"} // x", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\"", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":NaN}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":123}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":null}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":[\"a\"]}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":{}}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"   \"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\",\"access_token\":\"b\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\",\"Access_Token\":\"b\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\",\"code\":\"b\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"id_token\":\"a.b.c\",\"access_token\":\"b\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\\u0000b\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\\r\\nb\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a\\u2028b\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"\\ud800\"}", 400, "invalid_request" },
        { "/auth/google", "application/json", "{\"access_token\":\"a b\"}", 400, "invalid_request" },
        { "/auth/google", "application/x-www-form-urlencoded", "", 400, "invalid_request" },
        { "/auth/google", "application/x-www-form-urlencoded", "access_token=a&access_token=b", 400, "invalid_request" },
        { "/auth/google", "application/x-www-form-urlencoded", "access_token=a&code=b", 400, "invalid_request" },
        { "/auth/google", "application/x-www-form-urlencoded", "access_token=%00", 400, "invalid_request" },
        { "/auth/google", "application/x-www-form-urlencoded", "access_token=%ff%fe", 400, "invalid_request" },
        { "/auth/google?access_token=a", "application/json", "{}", 400, "invalid_request" },
        { "/auth/google", "text/plain", "access_token=a", 415, "invalid_request" },
        { "/auth/google", "application/xml", "<a/>", 415, "invalid_request" },
        { "/auth/google", "multipart/form-data; boundary=x", "--x--", 415, "invalid_request" },
        { "/auth/google", "application/json; charset=utf-16", "{}", 415, "invalid_request" },
        { "/auth/google", null, "access_token=a", 415, "invalid_request" },
        { "/auth/nobody", "application/json", "{\"access_token\":\"a\"}", 404, "unknown_provider" },
        { "/auth/GOOGLE", "application/json", "{\"access_token\":\"a\"}", 404, "unknown_provider" },
        { "/auth/..%2fgoogle", "application/json", "{\"access_token\":\"a\"}", 404, "unknown_provider" },
        { "/auth/google", "application/json", "{\"access_token\":\"forged\"}", 400, "invalid_grant" },
        { "/auth/google", "application/json", "{\"id_token\":\"forged\"}", 400, "invalid_grant" },
        { "/auth/google", "application/json", "{\"id_token\":\"a.b.c\"}", 400, "invalid_grant" },
        { "/auth/google", "application/json", "{\"code\":\"forged\",\"redirect_uri\":\"https://app.example/cb\"}", 400, "invalid_grant" },
        { "/auth/google", "application/json", "{\"ticket\":\"forged\"}", 400, "invalid_grant" },
        { "/auth/token", "application/x-www-form-urlencoded", "", 400, "invalid_request" },
        { "/auth/token", "application/x-www-form-urlencoded", "grant_type=password&username=a&password=b", 400, "unsupported_grant_type" },
        { "/auth/token", "application/x-www-form-urlencoded", "grant_type=refresh_token", 400, "invalid_request" },
        { "/auth/token", "application/x-www-form-urlencoded", "grant_type=refresh_token&refresh_token=forged", 400, "invalid_grant" },
        { "/auth/token", "application/x-www-form-urlencoded", "grant_type=refresh_token&refresh_token=a&refresh_token=b", 400, "invalid_request" },
        { "/auth/token", "application/x-www-form-urlencoded", "grant_type=authorization_code&code=forged&code_verifier=forged", 400, "invalid_grant" },
        { "/auth/token", "application/x-www-form-urlencoded", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange", 400, "invalid_request" },
        { "/auth/token", "application/x-www-form-urlencoded", "grant_type=refresh_token&refresh_token=a&client_id=nobody&client_secret=x", 401, "invalid_client" },
        { "/auth/revoke", "application/x-www-form-urlencoded", "", 400, "invalid_request" },
        { "/auth/revoke", "application/json", "{\"token\":\"a\"}", 415, "invalid_request" },
        { "/auth/revoke?token=a", "application/x-www-form-urlencoded", "token=a", 400, "invalid_request" },
        { "/auth/introspect", "application/x-www-form-urlencoded", "token=a", 401, "invalid_client" },
        { "/auth/introspect", "text/plain", "token=a", 415, "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Is_refused_with_a_clear_answer_and_writes_nothing(string path, string? contentType, string body, int status, string error)
    {
        Answer answer = await server.SendAsync(path, contentType, Encoding.UTF8.GetBytes(body));
        Assert.Equal((status, error), (answer.Status, answer.Error));
        Assert.False(string.IsNullOrWhiteSpace(answer.Json.GetProperty("error_description").GetString()));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(server.Before, server.Host.Rows());
    }

    [Fact]
    public async Task A_megabyte_is_413_and_so_is_one_without_a_length()
    {
        byte[] megabyte = Encoding.UTF8.GetBytes($"{{\"access_token\":\"{new string('a', 1024 * 1024)}\"}}");
        Assert.Equal((413, "invalid_request"), await server.SendAsync("/auth/google", "application/json", megabyte) is var sized ? (sized.Status, sized.Error) : default);
        Answer chunked = await server.SendAsync("/auth/google", "application/json", megabyte, chunked: true);
        Assert.Equal((413, "invalid_request"), (chunked.Status, chunked.Error));
    }

    [Fact]
    public async Task Json_that_is_too_deep_is_400()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);
        Answer answer = await server.SendAsync("/auth/google", "application/json", Encoding.UTF8.GetBytes(deep));
        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_400()
    {
        byte[] body = [.. "{\"access_token\":\""u8, 0xff, 0xc0, .. "\"}"u8];
        Answer answer = await server.SendAsync("/auth/google", "application/json", body);
        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task All_bad_credentials_share_one_body()
    {
        string[] bodies =
        [
            .. await Task.WhenAll(new (string, string?)[] { ("access_token", "forged"), ("id_token", "a.b.c"), ("code", "forged"), ("ticket", "forged") }
                .Select(async credential => Without(await server.Host.ExchangeAsync("google", credential), "trace_id", "reason"))),
        ];
        Assert.Single(bodies.Distinct());
    }

    [Fact]
    public async Task The_private_reason_is_told_in_development_only()
    {
        await using CambioHost production = CambioHost.Start(
            [new("Cambio:Providers:google:ClientId", "c"), new("Cambio:Providers:google:ClientSecret", "s")], environment: "Production");
        Answer silent = await production.ExchangeAsync("google", ("id_token", "a.b.c"));
        Answer open = await server.Host.ExchangeAsync("google", ("id_token", "a.b.c"));
        Assert.Equal((400, null), (silent.Status, silent.Reason));
        Assert.Equal(400, open.Status);
        Assert.NotNull(open.Reason);
    }

    [Theory]
    [InlineData("GET", "/auth/google")]
    [InlineData("PUT", "/auth/google")]
    [InlineData("DELETE", "/auth/google")]
    [InlineData("GET", "/auth/token")]
    [InlineData("POST", "/auth/providers")]
    public async Task Another_method_is_405_and_says_which_is_allowed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await server.Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer\tx")]
    [InlineData("Bearer  a b")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Basic !!!")]
    [InlineData("Bearer %00%ff")]
    public async Task A_bearer_that_is_none_is_401_with_a_challenge(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/auth/me");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using HttpResponseMessage response = await server.Host.Client.SendAsync(request);
        Answer answer = await Answer.ReadAsync(response);
        Assert.Equal((401, "invalid_token"), (answer.Status, answer.Error));
        Assert.Contains(answer.Headers.WwwAuthenticate, h => h.Scheme == "Bearer");
    }

    private static string Without(Answer answer, params string[] names) =>
        string.Join('\n', answer.Json.EnumerateObject().Where(p => !names.Contains(p.Name)).Select(p => $"{p.Name}={p.Value}"));

    public sealed class Server : IAsyncDisposable
    {
        public Server() => Before = Host.Rows();

        internal CambioHost Host { get; } = CambioHost.Start([new("Cambio:Sandbox:Enabled", "true")]);

        internal Dictionary<string, long> Before { get; }

        internal async Task<Answer> SendAsync(string path, string? contentType, byte[] body, bool chunked = false)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = chunked ? new StreamContent(new MemoryStream(body)) : new ByteArrayContent(body) };
            request.Headers.TransferEncodingChunked = chunked;
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
            return await Answer.ReadAsync(await Host.Client.SendAsync(request));
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
