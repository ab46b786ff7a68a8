using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Web;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Providers;

/// <summary>The one pipe through which calls to providers go out. No redirects, bounded answers, no secret in a log.</summary>
internal sealed class ProviderHttp(IHttpClientFactory clients, TimeProvider time, CambioMetrics metrics, ILogger<ProviderHttp> logger)
{
    public const string ClientName = "Cambio.Provider";

    private const string JwtType = "application/jwt";

    private static readonly ProductInfoHeaderValue Agent = new("Cambio", typeof(ProviderHttp).Assembly.GetName().Version?.ToString(2));

    /// <summary>Sends one call. A cancelled token throws, everything that the provider does wrong is a refusal.</summary>
    public async Task<Result<ProviderAnswer>> SendAsync(Provider provider, ProviderRequest request, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        string outcome = "unfinished";
        bool answered = false;
        try
        {
            Result<ProviderAnswer> result = await TrySendAsync(provider, request, cancellationToken);
            outcome = result.IsSuccess ? result.Value.Status.ToString() : result.Error.Reason;
            answered = result.IsSuccess;
            return result;
        }
        finally
        {
            metrics.ProviderCall(provider.Id, request.Purpose, outcome, time.GetElapsedTime(start));
            if (!answered)
            {
                Log.ProviderCallFailed(logger, provider.Id, request.Purpose, request.Address.Host, outcome);
            }
        }
    }

    private async Task<Result<ProviderAnswer>> TrySendAsync(Provider provider, ProviderRequest request, CancellationToken cancellationToken)
    {
        // The client would send a line end as it stands, and with it a header of the caller's own (RFC 9110 5.5).
        if (request.Headers.Exists(header => header.Value.Any(c => c is < ' ' or > '~')))
        {
            return ExchangeError.InvalidGrant("credential_malformed");
        }

        using HttpRequestMessage message = ToMessage(provider, request);
        try
        {
            using HttpClient client = clients.CreateClient(ClientName);
            using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            int status = (int)response.StatusCode;
            var head = new ProviderAnswer(status, default) { Date = response.Headers.Date };
            if (request.Method == HttpMethod.Head)
            {
                // Whoever asks for the head alone wants to know that somebody answers, whatever it is.
                return head;
            }

            if (JudgeStatus(status, response.Headers.RetryAfter) is { } refusal)
            {
                return refusal;
            }

            byte[]? body = await ReadAsync(response.Content, request.MaxBytes, cancellationToken);
            if (body is null)
            {
                return ExchangeError.ProviderError("provider_answer_too_large");
            }

            JsonElement? parsed = Parse(body, response.Content.Headers.ContentType?.MediaType, request.Response);
            return parsed is { } element ? head with { Body = element }
                : status >= 400 || request.StatusIsAnswer ? head
                : ExchangeError.ProviderError("provider_answer_unreadable");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ExchangeError.TemporarilyUnavailable("provider_unreachable");
        }
    }

    private ExchangeError? JudgeStatus(int status, RetryConditionHeaderValue? retryAfter) => status switch
    {
        >= 200 and < 300 => null,
        < 400 => ExchangeError.ProviderError("provider_redirected"),
        408 or 429 or >= 500 => ExchangeError.TemporarilyUnavailable($"provider_status_{status}", Wait(retryAfter)),
        403 when retryAfter is not null => ExchangeError.TemporarilyUnavailable("provider_rate_limit", Wait(retryAfter)),
        _ => null,
    };

    private TimeSpan? Wait(RetryConditionHeaderValue? value) => value?.Delta ?? (value?.Date is { } date ? date - time.GetUtcNow() : null);

    private static HttpRequestMessage ToMessage(Provider provider, ProviderRequest request)
    {
        var message = new HttpRequestMessage(request.Method, ProviderUrl.Route(request.FullAddress(), provider.Simulator))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(request.Response == ResponseFormat.Jwt ? JwtType : "application/json"));
        message.Headers.UserAgent.Add(Agent);
        if (request.Form is { } form)
        {
            message.Content = new FormUrlEncodedContent(form);
        }
        else if (request.Json is { } json)
        {
            message.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        foreach ((string name, string value) in request.Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            return null;
        }

        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[Math.Min(content.Headers.ContentLength ?? 4096, maxBytes) + 1];
        int length = 0;
        while (true)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0)
            {
                return buffer.AsSpan(0, length).ToArray();
            }

            if (length > maxBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxBytes + 1));
            }
        }
    }

    private static JsonElement? Parse(byte[] body, string? mediaType, ResponseFormat format)
    {
        // Who writes forms may still refuse in the standard's own JSON (RFC 6749 5.2).
        if (format == ResponseFormat.Form && !IsJson(mediaType))
        {
            return ParseForm(body);
        }

        // Of a JWT the text is the value, for another room to judge; a refusal is JSON all the same.
        if (format == ResponseFormat.Jwt && JwtType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return JsonSerializer.SerializeToElement(System.Text.Encoding.ASCII.GetString(body).Trim(), DefinitionJson.Default.String);
        }

        return format is (ResponseFormat.Json or ResponseFormat.Jwt) && !IsJson(mediaType) ? null
            : StrictJson.Parse(format == ResponseFormat.JsonInText ? ObjectIn(body) : body);
    }

    private static ReadOnlyMemory<byte> ObjectIn(byte[] text)
    {
        int first = Array.IndexOf(text, (byte)'{');
        int last = Array.LastIndexOf(text, (byte)'}');
        return first < 0 || last < first ? default : text.AsMemory(first..(last + 1));
    }

    private static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static JsonElement? ParseForm(byte[] body)
    {
        var form = HttpUtility.ParseQueryString(System.Text.Encoding.UTF8.GetString(body));
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string? name in form.AllKeys)
        {
            // A doubled parameter is as unreadable as a doubled JSON member (RFC 6749 3.2).
            if (name is null || form.GetValues(name) is not [string value] || !members.TryAdd(name, value))
            {
                return null;
            }
        }

        return JsonSerializer.SerializeToElement(members, DefinitionJson.Default.DictionaryStringString);
    }
}
