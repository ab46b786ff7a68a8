using System.Text.Json.Serialization;

namespace Cambio.Tokens;

/// <summary>An exchange that waits for its front end: interrupted, or a link that only the one who began it may finish.</summary>
internal sealed record HeldExchange
{
    /// <summary>The provider's id.</summary>
    public required string Provider { get; init; }

    /// <summary>The sealed ticket; it is bound to <see cref="BindingOf"/> the code's challenge.</summary>
    public required string Ticket { get; init; }

    /// <summary>What the user has to supply; null for a link, which asks for nothing.</summary>
    public string? Requires { get; init; }

    /// <summary>What to send back beside the ticket, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>The version of the terms to accept, where <see cref="Requires"/> is <c>terms</c>.</summary>
    public string? TermsVersion { get; init; }

    /// <summary>The challenge of the code that it was held under.</summary>
    public required string CodeChallenge { get; init; }

    /// <summary>The answer that it was interrupted with; null for a link.</summary>
    [JsonIgnore]
    public ExchangeError? Interruption => Requires is { } requires
        ? (Description is { } description ? ExchangeError.InteractionRequired(requires, description) : ExchangeError.InteractionRequired(requires))
            with { TermsVersion = TermsVersion, Ticket = Ticket }
        : null;

    /// <summary>What a ticket is bound to until somebody shows the verifier.</summary>
    public static string BindingOf(string codeChallenge) => $"code\n{codeChallenge}";

    public override string ToString() => "held exchange [redacted]";
}
