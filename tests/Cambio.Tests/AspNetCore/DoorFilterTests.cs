using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cambio.AspNetCore.Endpoints;
using Cambio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cambio.Tests.AspNetCore;

public sealed class DoorFilterTests
{
    [Fact]
    public async Task An_unexpected_exception_is_500_without_details_and_one_log_line()
    {
        await using DoorHost host = await StartAsync(_ => throw new InvalidOperationException("secret detail"));

        JsonElement problem = await (await host.GetAsync("/door")).RefusalAsync(HttpStatusCode.InternalServerError, "server_error");

        Assert.DoesNotContain("secret detail", problem.GetRawText(), StringComparison.Ordinal);
        (LogLevel level, EventId id, string text) = Assert.Single(host.Logs.All, static line => line.Level >= LogLevel.Warning);
        Assert.Equal((LogLevel.Error, 4001), (level, id.Id));
        Assert.Contains("secret detail", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_down_is_503_with_a_time_to_come_back()
    {
        await using DoorHost host = await StartAsync(_ => throw new StoreUnavailableException("disk full"));

        HttpResponseMessage answer = await host.GetAsync("/door");

        JsonElement problem = await answer.RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.DoesNotContain("disk", problem.GetRawText(), StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        Assert.Equal(1, host.Logs.Count(4002));
    }

    [Fact]
    public async Task A_timeout_of_ours_is_no_disconnect_of_the_callers()
    {
        await using DoorHost host = await StartAsync(_ => throw new OperationCanceledException());

        await (await host.GetAsync("/door")).RefusalAsync(HttpStatusCode.InternalServerError, "server_error");
    }

    [Fact]
    public async Task A_caller_that_leaves_cancels_the_work_quietly()
    {
        var entered = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using DoorHost host = await StartAsync(
            async context =>
            {
                entered.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                finally
                {
                    left.SetResult();
                }

                return Results.Ok();
            });
        using var patience = new CancellationTokenSource();
        Task<HttpResponseMessage> call = host.Client.GetAsync("/door", patience.Token);
        await entered.Task;

        await patience.CancelAsync();

        await left.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.DoesNotContain(host.Logs.All, static line => line.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("Content-Length: 1000000", "", 413)]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n", 400)]
    [InlineData("Content-Length: 2", "{}", 400)]
    public async Task What_is_wrong_below_http_is_a_4xx_too(string header, string body, int status)
    {
        await using DoorHost host = await DoorHost.StartAsync(kestrel: true);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await using NetworkStream stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /auth/acme HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n{header}\r\n\r\n{body}"));
        string answer = await ReadAsync(stream, until: "\"trace_id\"");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("\"error\":\"invalid_request\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_without_end_is_413()
    {
        await using DoorHost host = await DoorHost.StartAsync(kestrel: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/acme")
        {
            Content = new StreamContent(new MemoryStream(new byte[200_000])) { Headers = { { "Content-Type", "application/json" } } },
        };
        request.Headers.TransferEncodingChunked = true;

        await (await host.Client.SendAsync(request)).RefusalAsync(HttpStatusCode.RequestEntityTooLarge, "invalid_request");
    }

    // Not to the end: the server resets a connection whose body is missing.
    private static async Task<string> ReadAsync(NetworkStream stream, string until)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.ToString().Contains(until, StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer);
            Assert.NotEqual(0, read);
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static Task<DoorHost> StartAsync(Func<HttpContext, Task<IResult>> door) => DoorHost.StartAsync(
        map: app => app.MapGet("/door", door).AddEndpointFilter<DoorFilter>());
}
