using System.Net;
using System.Text.Json;

namespace Cambio.Tests.AspNetCore;

/// <summary>What every answer and every refusal of ours has to show.</summary>
internal static class Answer
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync());

    /// <summary>The refusal, after its form was checked.</summary>
    public static async Task<JsonElement> RefusalAsync(this HttpResponseMessage response, HttpStatusCode status, string error)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(error, problem.GetProperty("error").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal($"urn:cambio:error:{error}", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("trace_id").GetString()!);
        Assert.EndsWith(".", problem.GetProperty("error_description").GetString(), StringComparison.Ordinal);
        Assert.Equal(problem.GetProperty("error_description").GetString(), problem.GetProperty("detail").GetString());
        AssertNotKept(response);
        return problem;
    }

    /// <summary>The refusal of an OAuth endpoint, after its form was checked.</summary>
    public static async Task<JsonElement> OAuthRefusalAsync(this HttpResponseMessage response, HttpStatusCode status, string error)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        JsonElement answer = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(error, answer.GetProperty("error").GetString());
        Assert.NotEmpty(answer.GetProperty("error_description").GetString()!);
        AssertNotKept(response);
        return answer;
    }

    public static void AssertNotKept(HttpResponseMessage response)
    {
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("no-cache", response.Headers.Pragma.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }
}
