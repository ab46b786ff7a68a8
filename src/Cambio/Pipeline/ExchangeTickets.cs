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
        TicketContent dated = content with { ExpiresAt = content.ExpiresAt == default ? time.GetUtcNow() + Lifetime : content.ExpiresAt, Id = RandomNumberGenerator.GetHexString(32, lowercase: true) };
        return Base64Url.EncodeToString(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(dated, PipelineJson.Default.TicketContent)));
    }

    /// <summary>The content of a ticket of this provider, user and caller that has not expired; whether it was spent, the replay store knows.</summary>
    public Result<TicketContent> Unprotect(string ticket, string provider, UserRef? currentUser, string? binding)
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

        return content is null || content.ExpiresAt <= time.GetUtcNow() ? ExchangeError.InvalidGrant("ticket_expired")
            : content.Identity.Provider != provider || content.CurrentUser != currentUser?.Id ? ExchangeError.InvalidGrant("ticket_of_another_exchange")
            : !CryptographicOperations.FixedTimeEquals(content.Binding, Hash(binding)) ? ExchangeError.InvalidGrant("ticket_of_another_caller")
            : content;
    }

    /// <summary>What a ticket keeps of its caller.</summary>
    public static byte[] Hash(string? binding) => SHA256.HashData(Encoding.UTF8.GetBytes(binding ?? ""));
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
