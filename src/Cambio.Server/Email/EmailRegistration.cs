using Cambio.Pipeline;

namespace Cambio.Server.Email;

/// <summary>Adds the sender of mails that the settings describe, if any.</summary>
internal static class EmailRegistration
{
    private const string Section = "Cambio:Email";

    public static void AddEmail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new SettingsSection("Email", typeof(EmailOptions)));
        services.AddSingleton<IStartCheck, EmailMistakes>();

        // Made when the first mail is due; by then the start check has looked at every value.
        EmailOptions options = Read(configuration);
        if (options.Smtp is not null)
        {
            services.AddSingleton<IEmailSender>(provider => ActivatorUtilities.CreateInstance<SmtpEmailSender>(
                provider, SmtpAddress.Parse(options.Smtp)!, EmailMistakes.Sender(options.From)!));
        }
        else if (options.Folder is not null)
        {
            services.AddSingleton<IEmailSender>(provider => ActivatorUtilities.CreateInstance<FolderEmailSender>(
                provider, options.Folder, EmailMistakes.Sender(options.From)!));
        }
    }

    /// <summary>The settings as they are; keys that are none, the core's check reports.</summary>
    public static EmailOptions Read(IConfiguration configuration) => new()
    {
        Smtp = Text(configuration, nameof(EmailOptions.Smtp)),
        From = Text(configuration, nameof(EmailOptions.From)),
        Folder = Text(configuration, nameof(EmailOptions.Folder)),
    };

    private static string? Text(IConfiguration configuration, string name) => configuration[$"{Section}:{name}"] is { Length: > 0 } text ? text : null;
}
