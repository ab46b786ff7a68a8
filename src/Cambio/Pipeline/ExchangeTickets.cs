using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cambio.Identities;
using Cambio.Storage;
using Cambio.Vault;
using Microsoft.AspNetCore.DataProtection;

namespace Cambio.Pipeline;

/// <summary>Tickets of interrupted exchanges: they hold the proven identity, for ten minutes and one use.</summary>
internal sealed class ExchangeTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector protector = protection.CreateProtector("Cambio.ExchangeTicket.v1");

    public string Protect(TicketContent content)
    {
        DateTimeOffset expiresAt = content.ExpiresAt == default ? time.GetUtcNow() + Lifetime : content.ExpiresAt;
        return Seal(content with { ExpiresAt = expiresAt, Id = RandomNumberGenerator.GetHexString(32, lowercase: true) });
    }

    /// <summary>The content of a ticket of this provider, user and caller that has not expired; whether it was spent, the replay store knows.</summary>
    public Result<TicketContent> Unprotect(string ticket, string provider, UserRef? currentUser, string? binding)
    {
        Result<TicketContent> opened = Open(ticket);
        return opened is { IsSuccess: true, Value: var content } && (content.Identity.Provider != provider || content.CurrentUser != currentUser?.Id)
            ? ExchangeError.InvalidGrant("ticket_of_another_exchange")
            : OfCaller(opened, binding);
    }

    /// <summary>The same ticket for another caller. It stays one ticket: whichever of the two texts is used first spends it.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="from">What its caller is known by.</param>
    /// <param name="to">What the other is known by.</param>
    public Result<string> Rebind(string ticket, string from, string to)
    {
        Result<TicketContent> content = OfCaller(Open(ticket), from);
        return content.IsSuccess ? Seal(content.Value with { Binding = Hash(to) }) : content.Error;
    }

    /// <summary>What a ticket keeps of its caller.</summary>
    public static byte[] Hash(string? binding) => SHA256.HashData(Encoding.UTF8.GetBytes(binding ?? ""));

    private static Result<TicketContent> OfCaller(Result<TicketContent> content, string? binding) =>
        content.IsSuccess && !CryptographicOperations.FixedTimeEquals(content.Value.Binding, Hash(binding))
            ? ExchangeError.InvalidGrant("ticket_of_another_caller")
            : content;

    private string Seal(TicketContent content) =>
        Base64Url.EncodeToString(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(content, PipelineJson.Default.TicketContent)));

    private Result<TicketContent> Open(string ticket)
    {
        TicketContent? content;
        try
        {
            byte[] bytes = Base64Url.DecodeFromChars(ticket);
            content = JsonSerializer.Deserialize(protector.Unprotect(bytes), PipelineJson.Default.TicketContent);
        }
        catch (Exception e) when (e is FormatException or CryptographicException or JsonException)
        {
            return ExchangeError.InvalidGrant("ticket_unreadable");
        }

        return content is null || content.ExpiresAt <= time.GetUtcNow() ? ExchangeError.InvalidGrant("ticket_expired") : content;
    }
}

/// <summary>What a ticket holds.</summary>
internal sealed record TicketContent
{
    public string Id { get; init; } = "";

    public DateTimeOffset ExpiresAt { get; init; }

    public required ExternalIdentity Identity { get; init; }

    public ProviderTokens? ProviderTokens { get; init; }

    public string? CurrentUser { get; init; }

    /// <summary>The hash of what the caller is known by.</summary>
    public byte[] Binding { get => field ?? []; init; }

    /// <summary>What the steps keep.</summary>
    public Dictionary<string, string> Memory { get => field ?? []; init; }

    public string? ProviderSessionId { get; init; }

    /// <summary>The mark of the credential that proved the identity, spent together with the ticket.</summary>
    public string? ReplayKey { get; init; }

    public DateTimeOffset ReplayExpiresAt { get; init; }

    public override string ToString() => "ticket [redacted]";
}
