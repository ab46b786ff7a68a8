using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cambio.Providers;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.Providers;

/// <summary>Whatever a provider answers is an answer that can be understood, or a refusal; down is 503, nonsense is 502.</summary>
public sealed class OutboundHttp : IAsyncLifetime
{
    private readonly Outbound outbound = new();
    private readonly Provider provider = Setup.Provider("corp:ClientId=us\ncorp:ClientSecret=s\ncorp:Definition:Issuer=https://corp.example");
    private LoopbackServer server = null!;

    public async ValueTask InitializeAsync() => server = await LoopbackServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        outbound.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/scim+json")]
    public async Task JSON_that_says_so_is_read(string contentType)
    {
        server.AnswerWith("""{"id":1}""", contentType);
        ProviderAnswer answer = (await SendAsync()).Value;
        Assert.True(answer.IsSuccess);
        Assert.Equal(1, answer.Body.GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>", "text/html")]
    [InlineData("{\"id\":1}", "text/html")]
    [InlineData("{\"id\":1}", "text/plain")]
    [InlineData("{\"id\":1}", "text/javascript")]
    [InlineData("{\"id\":1}", null)]
    [InlineData("<html></html>", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{\"id\":1", "application/json")]
    [InlineData("{\"id\":1} {}", "application/json")]
    [InlineData("{\"id\":1,}", "application/json")]
    [InlineData("{\"id\":1,\"id\":2}", "application/json")]
    [InlineData("{\"a\":{\"id\":1,\"\\u0069d\":2}}", "application/json")]
    [InlineData("access_token=t&scope=s", "application/x-www-form-urlencoded")]
    public async Task Nonsense_is_the_providers_error(string body, string? contentType)
    {
        server.AnswerWith(body, contentType);
        AssertRefused(await SendAsync(), ErrorCodes.ProviderError, "provider_answer_unreadable");
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(33, false)]
    [InlineData(10_000, false)]
    public async Task JSON_is_read_to_a_depth_of_32(int depth, bool read)
    {
        server.AnswerWith(new string('[', depth) + new string(']', depth));
        Assert.Equal(read, (await SendAsync()).IsSuccess);
    }

    [Fact]
    public async Task JSON_of_another_content_type_is_read_where_the_definition_says_so()
    {
        server.AnswerWith("""{"id":1}""", "text/javascript");
        Assert.True((await SendAsync(request => request.Response = ResponseFormat.JsonAnyType)).IsSuccess);
    }

    [Fact]
    public async Task A_form_is_read_where_the_definition_says_so()
    {
        server.AnswerWith("access_token=t%20%2B1&scope=", "application/x-www-form-urlencoded");
        ProviderAnswer answer = (await SendAsync(request => request.Response = ResponseFormat.Form)).Value;
        Assert.Equal("t +1", answer.Body.GetProperty("access_token").GetString());
        Assert.Equal("", answer.Body.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("access_token=a&access_token=b")]
    [InlineData("access_token=a&ACCESS_TOKEN=b")]
    [InlineData("access_token")]
    public async Task A_form_with_a_doubled_or_nameless_parameter_is_nonsense(string body)
    {
        server.AnswerWith(body, "application/x-www-form-urlencoded");
        AssertRefused(await SendAsync(request => request.Response = ResponseFormat.Form), ErrorCodes.ProviderError, "provider_answer_unreadable");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    [InlineData(304)]
    public async Task A_redirect_is_refused_and_not_followed(int status)
    {
        int calls = 0;
        server.Answer = context =>
        {
            calls++;
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{server.Address}elsewhere";
            return Task.CompletedTask;
        };
        AssertRefused(await SendAsync(), ErrorCodes.ProviderError, "provider_redirected");
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_cap_is_refused(bool announced)
    {
        byte[] body = Encoding.ASCII.GetBytes($"\"{new string('x', 5000)}\"");
        server.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = announced ? body.Length : null;
            await context.Response.Body.WriteAsync(body);
        };
        AssertRefused(await SendAsync(request => request.MaxBytes = body.Length - 1), ErrorCodes.ProviderError, "provider_answer_too_large");
        Assert.True((await SendAsync(request => request.MaxBytes = body.Length)).IsSuccess);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off_at_the_cap()
    {
        var left = new TaskCompletionSource();
        server.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            using CancellationTokenRegistration _ = context.RequestAborted.Register(left.SetResult);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[16 * 1024], context.RequestAborted);
            }
        };
        AssertRefused(await SendAsync(), ErrorCodes.ProviderError, "provider_answer_too_large");
        await left.Task;
    }

    [Fact]
    public async Task A_slow_body_ends_with_the_callers_time()
    {
        using var budget = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        server.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"id\":");
            await context.Response.Body.FlushAsync();
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        };
        Task<Result<ProviderAnswer>> sending = SendAsync(cancellationToken: budget.Token);
        await begun.Task;
        await budget.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(599)]
    public async Task A_provider_that_is_down_or_busy_is_unavailable(int status)
    {
        server.AnswerWith("""{"error":"busy"}""", status: status);
        ExchangeError error = AssertRefused(await SendAsync(), ErrorCodes.TemporarilyUnavailable, $"provider_status_{status}");
        Assert.Equal(TimeSpan.FromSeconds(5), error.RetryAfter);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 1)]
    [InlineData("300", 300)]
    [InlineData("301", 300)]
    [InlineData("2147483647", 300)]
    [InlineData("99999999999999999999", 5)]
    [InlineData("-5", 5)]
    [InlineData("soon", 5)]
    [InlineData("Fri, 02 Jan 2026 03:04:35 GMT", 30)]
    [InlineData("Fri, 02 Jan 2026 03:00:00 GMT", 1)]
    [InlineData("Wed, 02 Jan 2086 03:04:05 GMT", 300)]
    public async Task Retry_After_is_passed_on_within_reason(string header, int seconds)
    {
        server.AnswerWith("{}", status: 503, headers: ("Retry-After", header));
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await SendAsync()).Error!.RetryAfter);
    }

    [Fact]
    public async Task A_403_with_Retry_After_is_a_rate_limit()
    {
        server.AnswerWith("{}", status: 403, headers: ("Retry-After", "9"));
        ExchangeError error = AssertRefused(await SendAsync(), ErrorCodes.TemporarilyUnavailable, "provider_rate_limit");
        Assert.Equal(TimeSpan.FromSeconds(9), error.RetryAfter);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant"}""", "application/json", "invalid_grant")]
    [InlineData(401, "<html></html>", "text/html", null)]
    [InlineData(403, "", null, null)]
    [InlineData(404, """{"error":"gone"}""", "application/json", "gone")]
    public async Task A_refusal_is_the_callers_to_judge_with_what_can_be_read_of_it(int status, string body, string? contentType, string? error)
    {
        server.AnswerWith(body, contentType, status);
        ProviderAnswer answer = (await SendAsync()).Value;
        Assert.Equal(status, answer.Status);
        Assert.False(answer.IsSuccess);
        Assert.Equal(error, answer.Body.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : answer.Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_refused_connection_is_an_outage()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        AssertRefused(await SendAsync(address: $"http://127.0.0.1:{port}/"), ErrorCodes.TemporarilyUnavailable, "provider_unreachable");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_an_outage()
    {
        server.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        AssertRefused(await SendAsync(), ErrorCodes.TemporarilyUnavailable, "provider_unreachable");
    }

    [Fact]
    public async Task Headers_without_end_are_an_outage()
    {
        server.AnswerWith("{}", headers: ("x-long", new string('x', 33 * 1024)));
        AssertRefused(await SendAsync(), ErrorCodes.TemporarilyUnavailable, "provider_unreachable");
    }

    [Fact]
    public async Task A_request_carries_what_it_was_given_and_nothing_of_ours()
    {
        Dictionary<string, string> headers = [];
        string body = "";
        server.Answer = async context =>
        {
            headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
            headers[":address"] = context.Request.Path + context.Request.QueryString;
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.Cookies.Append("session", "1");
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{}");
        };
        await SendAsync();
        using System.Diagnostics.Activity activity = new System.Diagnostics.Activity("exchange").Start();
        await SendAsync(request =>
        {
            request.AddQuery("a b", "c&d");
            request.Headers.Add(new("accept", "application/vnd.x+json"));
            request.Form = [new("code", "x y"), new("state", "1")];
        }, address: $"{server.Address}path?e=f", method: HttpMethod.Post);

        Assert.Equal("/path?e=f&a%20b=c%26d", headers[":address"]);
        Assert.Equal("application/vnd.x+json", headers["accept"]);
        Assert.Equal("code=x+y&state=1", body);
        Assert.Equal(
            ["accept", "accept-encoding", "content-length", "content-type", "host", "user-agent"],
            headers.Keys.Where(name => name[0] != ':').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1024, null)]
    [InlineData(1024 * 1024, "provider_answer_too_large")]
    public async Task A_packed_answer_counts_unpacked(int letters, string? reason)
    {
        server.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await packed.WriteAsync(System.Text.Encoding.UTF8.GetBytes($$"""{"x":"{{new string('x', letters)}}"}"""));
        };

        Assert.Equal(reason, (await SendAsync()).Error?.Reason);
    }

    [Theory]
    [InlineData("Bearer a\r\nx-smuggled: 1")]
    [InlineData("Bearer a\nx-smuggled: 1")]
    [InlineData("Bearer a\0")]
    [InlineData("Bearer \u00e4")]
    public async Task A_header_that_is_not_one_line_of_ASCII_is_never_sent(string value)
    {
        bool called = false;
        server.Answer = _ =>
        {
            called = true;
            return Task.CompletedTask;
        };
        AssertRefused(await SendAsync(request => request.Headers.Add(new("authorization", value))), ErrorCodes.InvalidGrant, "credential_malformed");
        Assert.False(called);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(405)]
    [InlineData(503)]
    public async Task Who_asks_for_the_head_alone_learns_that_somebody_answers_and_when(int status)
    {
        server.AnswerWith("", "text/html", status, ("Date", "Tue, 15 Nov 1994 08:12:31 GMT"));
        ProviderAnswer answer = (await SendAsync(method: HttpMethod.Head)).Value;
        Assert.Equal(status, answer.Status);
        Assert.Equal(new DateTimeOffset(1994, 11, 15, 8, 12, 31, TimeSpan.Zero), answer.Date);
    }

    [Fact]
    public async Task A_simulated_provider_is_called_at_the_simulator()
    {
        string path = "";
        server.Answer = context =>
        {
            path = context.Request.Path + context.Request.QueryString;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("{}");
        };
        using ProviderRegistry registry = Setup.Registry(
            "corp:ClientId=us\ncorp:ClientSecret=s\ncorp:Definition:Issuer=https://corp.example", simulator: $"{server.Address}sim");
        Assert.True((await outbound.Http.SendAsync(
            registry.All[0], new ProviderRequest("userinfo", HttpMethod.Get, new Uri("https://api.corp.example:8443/me?x=1")), CancellationToken.None)).IsSuccess);
        Assert.Equal("/sim/api.corp.example:8443/me?x=1", path);
    }

    [Fact]
    public async Task No_secret_is_logged_whatever_happens()
    {
        const string canary = "c4n4ry";
        string[] bodies = [$$"""{"access_token":"{{canary}}"}""", $"<html>{canary}</html>"];
        foreach (int status in (int[])[200, 302, 400, 401, 429, 500])
        {
            foreach (string body in bodies)
            {
                server.AnswerWith(body, status: status, headers: [("x-secret", canary), ("Location", $"https://{canary}.example/")]);
                await SendAsync(Fill, $"{server.Address}{canary}/me?token={canary}", HttpMethod.Post);
            }
        }

        server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await SendAsync(Fill, $"{server.Address}{canary}", HttpMethod.Post);

        Assert.NotEmpty(outbound.Log.Lines);
        Assert.DoesNotContain(outbound.Log.Lines, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase));

        static void Fill(ProviderRequest request)
        {
            request.Headers.Add(new("authorization", $"Bearer {canary}"));
            request.AddQuery("access_token", canary);
            request.Form = [new("client_secret", canary)];
        }
    }

    [Fact]
    public async Task A_failure_is_logged_with_its_reason()
    {
        server.AnswerWith("{}", status: 500);
        await SendAsync();
        Assert.Equal(["Warning 1001 Provider corp: userinfo call to 127.0.0.1 failed: provider_status_500"], outbound.Log.Lines);
    }

    private static ExchangeError AssertRefused(Result<ProviderAnswer> result, string code, string reason)
    {
        Assert.Equal($"{code} {reason}", string.Create(CultureInfo.InvariantCulture, $"{result.Error?.Code} {result.Error?.Reason}"));
        return result.Error!;
    }

    private Task<Result<ProviderAnswer>> SendAsync(
        Action<ProviderRequest>? fill = null, string? address = null, HttpMethod? method = null, CancellationToken cancellationToken = default)
    {
        var request = new ProviderRequest("userinfo", method ?? HttpMethod.Get, address is null ? server.Address : new Uri(address));
        fill?.Invoke(request);
        return outbound.Http.SendAsync(provider, request, cancellationToken);
    }
}
