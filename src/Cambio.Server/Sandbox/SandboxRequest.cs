using System.Text.Json;
using System.Text.Json.Serialization;
using Cambio.Testing.Simulation;
using Microsoft.Extensions.Primitives;

namespace Cambio.Server.Sandbox;

/// <summary>Who signs in at a simulated provider. Never prints it.</summary>
internal sealed record SandboxRequest
{
    /// <summary>A name, free text.</summary>
    public string? User { get; init; }

    /// <summary>The address; absent: one of the user's own.</summary>
    public string? Email { get; init; }

    /// <summary>False: the provider does not say that it was verified.</summary>
    public bool? EmailVerified { get; init; }

    public static async Task<Result<SandboxRequest>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        SandboxRequest? read = request.HasFormContentType
            ? await OfFormAsync(request, cancellationToken)
            : request.HasJsonContentType() ? await OfJsonAsync(request.Body, cancellationToken) : null;
        return read is null
            ? ExchangeError.InvalidRequest("Send a form or JSON with user, and if you like email and email_verified (true or false), each once.")
            : PersonWords.Mistake(read.User, read.Email) is { } mistake ? ExchangeError.InvalidRequest(mistake) : read;
    }

    public override string ToString() => "sandbox user [redacted]";

    private static async Task<SandboxRequest?> OfFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return OfForm(await request.ReadFormAsync(cancellationToken));
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static SandboxRequest? OfForm(IFormCollection form)
    {
        string? verified = Single(form["email_verified"]);
        bool isFlag = bool.TryParse(verified, out bool flag);
        return form.Any(field => field.Value.Count > 1) || (verified is not null && !isFlag)
            ? null
            : new SandboxRequest { User = Single(form["user"])?.Trim(), Email = Single(form["email"]), EmailVerified = isFlag ? flag : null };
    }

    private static string? Single(StringValues values) => values is [{ Length: > 0 } only] ? only : null;

    private static async Task<SandboxRequest?> OfJsonAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            SandboxRequest? read = await JsonSerializer.DeserializeAsync(body, SandboxJson.Default.SandboxRequest, cancellationToken);
            return read is null ? null : read with { User = read.User?.Trim() };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the sandbox hands out, for the exchange: kinds that the provider does not take are left out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record SandboxAnswer
{
    public string? AccessToken { get; init; }

    public string? IdToken { get; init; }

    public string? Nonce { get; init; }

    public string? Code { get; init; }

    public string? RedirectUri { get; init; }

    public string? CodeVerifier { get; init; }

    /// <summary>What the provider posts beside the code, where it does.</summary>
    public string? User { get; init; }

    /// <summary>What the provider puts beside the code and wants back, each under its own name.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Callback { get; set; }

    public override string ToString() => "sandbox credentials [redacted]";
}

/// <summary>Reads and writes what the sandbox takes and gives.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SandboxRequest))]
[JsonSerializable(typeof(SandboxAnswer))]
internal sealed partial class SandboxJson : JsonSerializerContext;
