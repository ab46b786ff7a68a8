namespace Cambio.Credentials;

/// <summary>The most characters that each part of a credential may have, at every door alike.</summary>
internal static class CredentialLimits
{
    public const int AccessToken = 16 * 1024;

    public const int IdToken = 32 * 1024;

    public const int Code = 8 * 1024;

    public const int Ticket = 32 * 1024;

    public const int RedirectUri = 2 * 1024;

    /// <summary>RFC 7636 4.1.</summary>
    public const int CodeVerifier = 128;

    public const int Nonce = 512;

    public const int User = 4 * 1024;
}
