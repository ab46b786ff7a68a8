using System.Text;
using System.Text.RegularExpressions;
using Cambio.Clients;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.AspNetCore;

/// <summary>The OAuth doors with clients of every sort, and providers played by fakes; writes forms whose blanks it fills with fresh tokens.</summary>
public partial class GrantRoom : IAsyncLifetime
{
    public const string ReturnUrl = "https://app.example.com/return";

    private const string Verifier = "a-verifier-of-forty-three-characters-or-more";
    private const string Challenge = "y5UF_tmp_ICTDGza-Ou2vUvx2cu7DBN-Xwf_z0RDfTw";

    private readonly Dictionary<string, string?> more;
    private int people;

    public GrantRoom()
        : this([])
    {
    }

    protected GrantRoom(Dictionary<string, string?> settings) => more = settings;

    internal DoorHost Host { get; private set; } = null!;

    internal FakeProviders Fakes { get; private set; } = null!;

    internal AuditEvents Events { get; } = new();

    public static string SecretOf(string client) => $"{client}-secret-0123456789";

    public static string Basic(string client, string? secret = null) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret ?? SecretOf(client)}"))}";

    public async ValueTask InitializeAsync()
    {
        Fakes = await FakeProviders.StartAsync(new FakeTimeProvider(TokenRoom.Start));
        var settings = new Dictionary<string, string?>
        {
            ["Cambio:PublicUrl"] = TokenRoom.Issuer,
            ["Cambio:Http:Simulator"] = Fakes.BaseAddress.AbsoluteUri,
            ["Cambio:Clients:shop:Secret"] = SecretOf("shop"),
            ["Cambio:Clients:api:Secret"] = SecretOf("api"),
            ["Cambio:Clients:picky:Secret"] = SecretOf("picky"),
            ["Cambio:Clients:picky:Providers"] = "github",
            ["Cambio:Clients:narrow:Secret"] = SecretOf("narrow"),
            ["Cambio:Clients:narrow:Providers"] = "github",
            ["Cambio:Clients:narrow:Grants"] = GrantTypes.TokenExchange,
        };
        foreach (FakeProvider fake in new[] { "google", "github", "microsoft" }.Select(id => Fakes[id]))
        {
            settings[$"Cambio:Providers:{fake.Id}:ClientId"] = fake.ClientId;
            settings[$"Cambio:Providers:{fake.Id}:ClientSecret"] = fake.ClientSecret;
            foreach ((string name, string value) in fake.Variables)
            {
                settings[$"Cambio:Providers:{fake.Id}:{name}"] = value;
            }
        }

        foreach ((string key, string? value) in more)
        {
            settings[key] = value;
        }

        Host = await DoorHost.StartAsync(settings, "Development", services => services.AddSingleton<IAuditSink>(Events));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Fakes.DisposeAsync();
    }

    internal Task<HttpResponseMessage> PostAsync(string path, string form, string? authorization = null) => Host.SendAsync(
        HttpMethod.Post, path, new ByteArrayContent(Encoding.UTF8.GetBytes(form)), "application/x-www-form-urlencoded", authorization);

    /// <summary>Fills blanks such as <c>{refresh:shop}</c>: a refresh token that was issued to the client <c>shop</c>.</summary>
    internal async Task<string> FillAsync(string form)
    {
        string user = $"user-{++people}";
        MintedCredentials google = Fakes["google"].Mint(user);
        foreach (Match blank in Blank().Matches(form))
        {
            string? client = blank.Groups["client"].Value is { Length: > 0 } id ? id : null;
            string value = blank.Groups["what"].Value switch
            {
                "refresh" => (await SignInAsync(client)).RefreshToken!,
                "ours" => (await SignInAsync(client)).AccessToken,
                "code" => await CodeAsync(client),
                "verifier" => Verifier,
                "id_token" => google.IdToken!,
                "nonce" => google.Nonce!,
                "access_token" => google.AccessToken!,
                "github" => Fakes["github"].Mint(user).AccessToken!,
                "foreign_id_token" => Fakes["google"].MintForAnotherApplication(user).IdToken!,
                "foreign_access_token" => Fakes["google"].MintForAnotherApplication(user).AccessToken!,
                string unknown => throw new InvalidOperationException(unknown),
            };
            form = form.Replace(blank.Value, Uri.EscapeDataString(value), StringComparison.Ordinal);
        }

        return form;
    }

    internal Task<IssuedToken> SignInAsync(string? client = null) => TransactAsync((transaction, login) =>
        Host.Services.GetRequiredService<ITokenIssuer>().IssueAsync(TokenRoom.Ada, login with { ClientId = client }, transaction, CancellationToken.None));

    private Task<string> CodeAsync(string? client) => TransactAsync((transaction, login) => Host.Services.GetRequiredService<AuthorizationCodes>()
        .IssueAsync(TokenRoom.Ada, login with { ClientId = client }, new CodeBinding(Challenge, ReturnUrl), transaction, CancellationToken.None));

    private async Task<T> TransactAsync<T>(Func<IStoreTransaction, SignInContext, Task<T>> work)
        where T : notnull
    {
        Result<T> result = await Host.Store.TransactAsync<T>(
            async (transaction, cancellationToken) =>
            {
                if (await transaction.Accounts.FindUserAsync(TokenRoom.Ada.User, cancellationToken) is null)
                {
                    await transaction.Accounts.TryCreateUserAsync(TokenRoom.Ada, cancellationToken);
                    await transaction.Accounts.AddLoginAsync(TokenRoom.AdasLogin, cancellationToken);
                }

                return await work(transaction, TokenRoom.Login);
            },
            CancellationToken.None);
        return result.Value!;
    }

    [GeneratedRegex(@"\{(?<what>[a-z_]+)(:(?<client>[a-z]+))?\}")]
    private static partial Regex Blank();
}
