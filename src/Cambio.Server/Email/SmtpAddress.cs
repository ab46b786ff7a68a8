using Cambio.Server.Sandbox;
using MailKit.Security;

namespace Cambio.Server.Email;

/// <summary>The mail server of the settings. Never prints user or password.</summary>
internal sealed record SmtpAddress(string Host, int Port, SecureSocketOptions Security, string? User, string? Password)
{
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    /// <summary>The address in the setting, or null when it is none.</summary>
    public static SmtpAddress? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0
            || uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Port is 0)
        {
            return null;
        }

        string? user = null;
        string? password = null;
        if (uri.UserInfo.Length > 0)
        {
            if (uri.UserInfo.Split(':') is not [{ Length: > 0 } name, { Length: > 0 } secret])
            {
                return null;
            }

            user = Uri.UnescapeDataString(name);
            password = Uri.UnescapeDataString(secret);
        }

        bool tls = uri.Scheme == "smtps";
        return new SmtpAddress(
            uri.IdnHost,
            uri.Port > 0 ? uri.Port : tls ? TlsPort : SubmissionPort,
            tls ? SecureSocketOptions.SslOnConnect : ListenAddresses.IsLoopbackHost(uri.Host) ? SecureSocketOptions.None : SecureSocketOptions.StartTls,
            user,
            password);
    }

    public override string ToString() => $"{Host}:{Port}";
}
