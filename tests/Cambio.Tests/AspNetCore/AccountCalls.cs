using System.Text;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore;

/// <summary>A user with logins, signed in past the corridor, who calls the doors.</summary>
internal static class AccountCalls
{
    public static Task<DoorHost> StartAsync(AuditEvents? audit = null) => DoorHost.StartAsync(
        environment: "Development", configure: services => services.AddSingleton<IAuditSink>(audit ?? new AuditEvents()));

    /// <summary>Ada, with a login at each of these providers, signed in by the first.</summary>
    public static async Task<IssuedToken> SignInAdaAsync(this DoorHost host, params string[] providers)
    {
        IssuedToken token = await host.SignInByAsync(TokenRoom.Ada, providers[0]);
        foreach (string provider in providers)
        {
            await host.AddLoginAsync(TokenRoom.Ada, provider, $"{provider}-1");
        }

        return token;
    }

    public static async Task<IssuedToken> SignInByAsync(this DoorHost host, Account account, string provider)
    {
        Result<IssuedToken> result = await host.Store.TransactAsync<IssuedToken>(
            async (transaction, cancellationToken) =>
            {
                if (await transaction.Accounts.FindUserAsync(account.User, cancellationToken) is null)
                {
                    await transaction.Accounts.TryCreateUserAsync(account, cancellationToken);
                }

                var login = new SignInContext(provider, $"{provider}-1", "Browser/1.0", "203.0.113.7");
                return await host.Services.GetRequiredService<ITokenIssuer>().IssueAsync(account, login, transaction, cancellationToken);
            },
            CancellationToken.None);
        return result.Value!;
    }

    public static Task AddLoginAsync(this DoorHost host, Account account, string provider, string subject, string? email = null) => host.Store.TransactAsync<bool>(
        async (transaction, cancellationToken) =>
        {
            await transaction.Accounts.AddLoginAsync(new Login(provider, subject, account.User, email, TokenRoom.Start, TokenRoom.Start), cancellationToken);
            return true;
        },
        CancellationToken.None);

    public static Task<HttpResponseMessage> CallAsync(this DoorHost host, IssuedToken caller, string method, string path, string? body = null, string contentType = "application/json") =>
        host.SendAsync(
            new HttpMethod(method),
            path,
            body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            body is null ? null : contentType,
            $"Bearer {caller.AccessToken}");
}
