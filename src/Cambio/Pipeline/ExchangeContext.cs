using Cambio.Identities;
using Cambio.Storage;
using Cambio.Vault;

namespace Cambio.Pipeline;

/// <summary>What the steps of one exchange share.</summary>
public sealed class ExchangeContext
{
    /// <summary>Who signed in, as the provider proved it. A step may add what it has proven itself; provider and subject stay.</summary>
    /// <exception cref="ArgumentException">The new value is of another provider or subject.</exception>
    public required ExternalIdentity Identity
    {
        get;
        set
        {
            if (field is not null && (value.Provider != field.Provider || value.Subject != field.Subject))
            {
                throw new ArgumentException("A step may add to an identity, and never make another one of it.", nameof(value));
            }

            // Whoever has the address was looked up for the old one.
            EmailOwners = null;
            field = value;
        }
    }

    /// <summary>The exchange's transaction.</summary>
    public required IStoreTransaction Store { get; init; }

    /// <summary>The time of the exchange, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The signed-in user to link to; null for a sign-in.</summary>
    public UserRef? CurrentUser { get; init; }

    /// <summary>The provider's own tokens, when the credential brought or was one.</summary>
    public ProviderTokens? ProviderTokens { get; init; }

    /// <summary>What the user supplied when the front end sent an interrupted exchange's ticket back, by name; else empty.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What steps keep while the exchange is interrupted, by a name that begins with the step's own. It travels encrypted inside the ticket,
    /// so that nobody outside can read or change it. Keep it short: a ticket of more than 32 KiB is not taken back.
    /// </summary>
    public IDictionary<string, string> Memory { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The local account, once a step has found or made it.</summary>
    public Account? Account { get; set; }

    /// <summary>The account was made by this exchange.</summary>
    public bool IsNewUser { get; set; }

    /// <summary>The identity is linked to <see cref="Account"/> already, so that <c>save-login</c> only notes its use.</summary>
    public bool IsLinked { get; set; }

    /// <summary>What was decided about the account; for the audit event.</summary>
    public LinkingDecision? Decision { get; set; }

    /// <summary>The accounts that have the identity's address, once <c>link-by-email</c> or <c>create-user</c> has looked.</summary>
    internal IReadOnlyList<EmailOwner>? EmailOwners { get; set; }

    /// <summary>The mails to send when the exchange is interrupted.</summary>
    internal List<EmailMessage> Emails { get; } = [];

    /// <summary>
    /// Sends a mail through the <see cref="IEmailSender"/> once this exchange is interrupted, before the caller hears of it. It stays unsent
    /// when the exchange is not interrupted.
    /// </summary>
    /// <param name="message">The mail.</param>
    public void Send(EmailMessage message) => Emails.Add(message);
}
