namespace Cambio.Server.Email;

/// <summary>How the server sends mail: <c>Cambio:Email</c>.</summary>
public sealed class EmailOptions
{
    /// <summary>
    /// The mail server: <c>smtp://user:password@host:587</c> (STARTTLS, which only loopback may do without) or
    /// <c>smtps://user:password@host:465</c> (TLS from the first byte). User and password are percent-encoded, and may be left out.
    /// </summary>
    public string? Smtp { get; set; }

    /// <summary>The sender, an address or <c>Name &lt;address&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Development only: a folder that mails are written to as <c>.eml</c> files, and sent to nobody.</summary>
    public string? Folder { get; set; }
}
