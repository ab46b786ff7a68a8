using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads the body of a request: of a known kind, whole, and never more than we need.</summary>
internal static class RequestBody
{
    public const int Longest = 64 * 1024;

    // RFC 8417 7.2; before it there was the type of any JWT.
    private static readonly string[] EventTokenTypes = ["application/secevent+jwt", "application/jwt"];

    private static readonly ExchangeError TooLarge =
        ExchangeError.InvalidRequest($"The body is larger than {Longest / 1024} KiB.", ErrorStatus.BodyTooLarge);

    private static readonly ExchangeError Unreadable =
        ExchangeError.InvalidRequest("The body ended early or was not sent as HTTP has it.");

    private static readonly ExchangeError FormOnly = ExchangeError.InvalidRequest(
        "Send the parameters as Content-Type: application/x-www-form-urlencoded, in UTF-8 and without Content-Encoding.", ErrorStatus.UnsupportedMediaType);

    private static readonly ExchangeError JsonOrForm = ExchangeError.InvalidRequest(
        "Send the body as Content-Type: application/json or application/x-www-form-urlencoded, in UTF-8 and without Content-Encoding.",
        ErrorStatus.UnsupportedMediaType);

    private static readonly ExchangeError JsonOnly = ExchangeError.InvalidRequest(
        "Send a JSON object as Content-Type: application/json, in UTF-8 and without Content-Encoding.", ErrorStatus.UnsupportedMediaType);

    private static readonly ExchangeError EventTokenOnly = ExchangeError.InvalidRequest(
        "Send the token as Content-Type: application/secevent+jwt, without Content-Encoding.", ErrorStatus.UnsupportedMediaType);

    /// <summary>The members of a form.</summary>
    public static async Task<Result<MemberSet>> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (KindOf(request) != BodyKind.Form)
        {
            return FormOnly;
        }

        Result<byte[]> body = await ReadAsync(request, cancellationToken);
        return body.IsSuccess ? FormMembers.Read(body.Value) : body.Error;
    }

    /// <summary>The members of a JSON object or a form.</summary>
    public static async Task<Result<MemberSet>> ReadJsonOrFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        BodyKind kind = KindOf(request);
        if (kind == BodyKind.Other)
        {
            return JsonOrForm;
        }

        Result<byte[]> body = await ReadAsync(request, cancellationToken);
        return !body.IsSuccess ? body.Error : kind == BodyKind.Json ? JsonMembers.Read(body.Value) : FormMembers.Read(body.Value);
    }

    /// <summary>The members of a JSON object.</summary>
    public static async Task<Result<MemberSet>> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (KindOf(request) != BodyKind.Json)
        {
            return JsonOnly;
        }

        Result<byte[]> body = await ReadAsync(request, cancellationToken);
        return body.IsSuccess ? JsonMembers.Read(body.Value) : body.Error;
    }

    /// <summary>The body that is a security event token (RFC 8935 2.1).</summary>
    public static async Task<Result<string>> ReadEventTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (KindOf(request) != BodyKind.EventToken)
        {
            return EventTokenOnly;
        }

        Result<byte[]> body = await ReadAsync(request, cancellationToken);
        return body.IsSuccess ? Encoding.UTF8.GetString(body.Value) : body.Error;
    }

    private static BodyKind KindOf(HttpRequest request)
    {
        bool plain = StringValues.IsNullOrEmpty(request.Headers.ContentEncoding);
        if (!plain || !MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !IsUtf8(type.Charset))
        {
            return BodyKind.Other;
        }

        return type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? BodyKind.Json
            : type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? BodyKind.Form
            : EventTokenTypes.Any(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase)) ? BodyKind.EventToken
            : BodyKind.Other;
    }

    private static bool IsUtf8(StringSegment charset) =>
        charset.Length == 0 || HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static async Task<Result<byte[]>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Longest)
        {
            return TooLarge;
        }

        try
        {
            return await ReadAsync(request.BodyReader, cancellationToken) is { } body ? body : TooLarge;
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : Unreadable;
        }
    }

    private static async Task<byte[]?> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.Length > Longest)
            {
                reader.AdvanceTo(buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                byte[] body = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private enum BodyKind
    {
        Other,
        Json,
        Form,
        EventToken,
    }
}
