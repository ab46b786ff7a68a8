using System.Text;
using Cambio.AspNetCore.Redirect;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.AspNetCore.Redirect;

public sealed class CallbackReaderTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("", "")]
    [InlineData("?", "")]
    [InlineData("?code=C&state=S", "code=C state=S")]
    [InlineData("?code=a%2Bb+c%C3%A9&state=S", "code=a+b cé state=S")]
    [InlineData("?state=&code=", "state= code=")]
    [InlineData("?error=access_denied&error_description=%3Cscript%3E", "error=access_denied error_description=<script>")]
    [InlineData("?&&code=C&", "code=C")]
    [InlineData("??code=C", "?code=C")]
    [InlineData("?State=S", "State=S")]
    public async Task Reads_the_query_as_it_was_sent(string query, string members) =>
        Assert.Equal(members, Text(await ReadAsync("GET", query)));

    [Theory]
    [InlineData("code=C&state=S&user=%7B%22name%22%3A1%7D", "code=C state=S user={\"name\":1}")]
    [InlineData("", "")]
    public async Task Reads_a_form_that_the_browser_was_made_to_post(string body, string members) =>
        Assert.Equal(members, Text(await ReadAsync("POST", "", body)));

    // RED-027.
    [Theory]
    [InlineData("GET", "?code=C1&code=C2&state=S", null)]
    [InlineData("GET", "?state=S&state=S", null)]
    [InlineData("GET", "?state=S&STATE=S", null)]
    [InlineData("GET", "?code=C&%63ode=D", null)]
    [InlineData("GET", "?error=a&error=b&state=S", null)]
    [InlineData("POST", "", "code=C1&code=C2&state=S")]
    [InlineData("POST", "", "state=S&State=T")]
    [InlineData("POST", "?code=C", "state=S")]
    [InlineData("POST", "?state=S", "code=C&state=S")]
    [InlineData("POST", "?x", "")]
    public async Task What_can_be_read_in_two_ways_is_refused(string method, string query, string? body) =>
        Assert.Equal(ErrorCodes.InvalidRequest, (await ReadAsync(method, query, body)).Error?.Code);

    // RED-002.
    [Theory]
    [InlineData("GET", "?state=%FF%FE&code=C", null)]
    [InlineData("GET", "?state=S&code=%C3%28", null)]
    [InlineData("GET", "?state=%", null)]
    [InlineData("GET", "?state=%zz", null)]
    [InlineData("GET", "?%FF=x", null)]
    [InlineData("POST", "", "state=%FF")]
    public async Task What_is_no_text_is_no_state_of_ours(string method, string query, string? body)
    {
        ExchangeError? error = (await ReadAsync(method, query, body)).Error;

        Assert.Equal((ErrorCodes.InvalidState, "callback_undecodable"), (error?.Code, error?.Reason));
    }

    [Theory]
    [InlineData(10 * 1024, null)]
    [InlineData(16 * 1024, null)]
    [InlineData(16 * 1024 + 1, "callback_too_large")]
    public async Task A_long_state_is_left_to_who_knows_ours_and_a_monstrous_one_refused(int length, string? reason)
    {
        string state = new('a', length);

        Assert.Equal(reason, (await ReadAsync("GET", $"?code=C&state={state}")).Error?.Reason);
        Assert.Equal(reason, (await ReadAsync("POST", "", $"code=C&state={state}")).Error?.Reason);
    }

    [Fact]
    public async Task More_parameters_than_any_provider_sends_are_refused()
    {
        string many = string.Join('&', Enumerable.Range(0, 101).Select(static i => $"p{i}=x"));

        Assert.Equal("callback_too_large", (await ReadAsync("GET", "?" + many)).Error?.Reason);
        Assert.Equal("callback_too_large", (await ReadAsync("POST", "", many)).Error?.Reason);
    }

    [Theory]
    [InlineData("application/json", "{}", "unsupported_media_type")]
    [InlineData("multipart/form-data; boundary=x", "--x--", "unsupported_media_type")]
    [InlineData(null, "state=S", "unsupported_media_type")]
    public async Task Another_body_is_refused(string? type, string body, string reason) =>
        Assert.Equal(reason, (await ReadAsync("POST", "", body, type)).Error?.Reason);

    [Fact]
    public async Task A_body_without_end_is_refused() =>
        Assert.Equal("body_too_large", (await ReadAsync("POST", "", new string('a', 70_000))).Error?.Reason);

    private static string? Text(Result<Dictionary<string, string>> read) =>
        read.Value is { } members ? string.Join(' ', members.Select(static member => $"{member.Key}={member.Value}")) : null;

    private static Task<Result<Dictionary<string, string>>> ReadAsync(string method, string query, string? body = null, string? type = Form)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.QueryString = new QueryString(query);
        if (body is not null)
        {
            context.Request.ContentType = type;
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        return CallbackReader.ReadAsync(context.Request, CancellationToken.None);
    }
}
