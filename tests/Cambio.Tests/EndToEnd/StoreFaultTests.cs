using System.Net.Http.Headers;
using System.Net.Http.Json;
using Cambio.Credentials;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Testing;
using Cambio.Tests.Storage;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.EndToEnd;

/// <summary>The disk fails at each moment of each call in turn: 503, not a byte changed, and the same call does its work afterwards.</summary>
public sealed class StoreFaultTests
{
    private const string Callback = "https://app.example.com/callback";
    private const string Verifier = "a-verifier-of-at-least-43-characters-as-rfc-7636-has-it";

    private static readonly Dictionary<string, Act> Acts = new()
    {
        ["exchange, new user"] = new(world => Task.FromResult(world.Exchange("google", world.NewName()))),
        ["exchange, known user"] = new(async world =>
        {
            string name = world.NewName();
            await world.SignInAsync("google", name);
            return world.Exchange("google", name);
        }),
        ["exchange, linked by e-mail"] = new(async world =>
        {
            string email = $"{world.NewName()}@gmail.com";
            await world.SignInAsync("google", world.NewName(), email);
            return world.Exchange("github", world.NewName(), email);
        }),
        ["exchange, the provider's tokens kept"] = new(world => Task.FromResult(world.Exchange("google", world.NewName(), kind: "code")))
        {
            Pipeline = "find-login, create-user, save-login, save-provider-tokens", Repeats = false,
        },
        ["exchange that goes on with a ticket"] = new(async world =>
        {
            Answer asked = await world.Exchange("google", world.NewName())();
            string? ticket = asked.Json.GetProperty("ticket").GetString();
            return () => world.Host.Host.ExchangeAsync("google", ("ticket", ticket), ("terms", "1"));
        })
        {
            Pipeline = "find-login, create-user, require-terms, save-login", Repeats = false,
        },
        ["signal that revokes"] = new(world => world.SignalAsync("deauthorize")) { Pipeline = "find-login, create-user, save-login, save-provider-tokens" },
        ["signal that deletes"] = new(world => world.SignalAsync("deletion")) { Pipeline = "find-login, create-user, save-login, save-provider-tokens" },
        ["exchange of an ID token"] = new(world => Task.FromResult(world.Exchange("google", world.NewName(), kind: "id_token"))),
        ["exchange, API token"] = new(world => Task.FromResult(world.Exchange("google", world.NewName()))) { Kind = "Opaque" },
        ["exchange, API token again"] = new(async world =>
        {
            string name = world.NewName();
            await world.SignInAsync("google", name);
            return world.Exchange("google", name);
        }) { Kind = "Opaque" },
        ["token exchange"] = new(world =>
        {
            string? token = world.Host.Fakes["google"].Mint(new MintOptions { User = world.NewName() }).AccessToken;
            return Task.FromResult(world.Post(
                "/auth/token",
                ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("subject_token", token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"), ("subject_issuer", "google")));
        }),
        ["refresh"] = new(async world => world.Refresh(await world.SignInAsync())),
        ["refresh with a token that was used before"] = new(async world =>
        {
            Answer first = await world.SignInAsync();
            Answer second = await world.Refresh(first)();
            await world.Refresh(second)();
            return world.Refresh(first);
        }) { Status = 400 },
        ["authorization code"] = new(async world =>
        {
            string code = await world.CodeAsync(await world.SignInAsync());
            return world.Post("/auth/token", ("grant_type", "authorization_code"), ("code", code), ("code_verifier", Verifier), ("redirect_uri", Callback));
        }),
        ["authorization code with a wrong verifier"] = new(async world =>
        {
            string code = await world.CodeAsync(await world.SignInAsync());
            return world.Post("/auth/token", ("grant_type", "authorization_code"), ("code", code), ("code_verifier", $"{Verifier}-of-somebody-else"));
        }) { Status = 400 },
        ["link"] = new(async world =>
        {
            Answer user = await world.SignInAsync();
            string? token = world.Host.Fakes["github"].Mint(new MintOptions { User = world.NewName() }).AccessToken;
            return world.Call(HttpMethod.Post, "/auth/github/link", user, new Dictionary<string, string?> { ["access_token"] = token });
        }),
        ["link that a redirect began"] = new(async world =>
        {
            Answer user = await world.SignInAsync();
            string code = await world.HoldLinkAsync(user);
            return world.Call(HttpMethod.Post, "/auth/github/link", user, new Dictionary<string, string?> { ["link_code"] = code, ["code_verifier"] = Verifier });
        }) { Repeats = false },
        ["unlink"] = new(async world => world.Call(HttpMethod.Delete, "/auth/me/logins/github", await world.SignInTwiceAsync())),
        ["the last login"] = new(async world => world.Call(HttpMethod.Delete, "/auth/me/logins/google", await world.SignInAsync())) { Status = 409 },
        ["profile"] = new(async world => world.Call(HttpMethod.Get, "/auth/me", await world.SignInAsync())) { Events = 0 },
        ["change of the profile"] = new(async world => world.Call(
            HttpMethod.Patch, "/auth/me", await world.SignInAsync(), new Dictionary<string, string?> { ["name"] = "Ada", ["preferred_username"] = world.NewName() })),
        ["deletion"] = new(async world => world.Call(HttpMethod.Delete, "/auth/me", await world.SignInTwiceAsync())),
        ["list of logins"] = new(async world => world.Call(HttpMethod.Get, "/auth/me/logins", await world.SignInAsync())) { Events = 0 },
        ["list of sessions"] = new(async world => world.Call(HttpMethod.Get, "/auth/me/sessions", await world.SignInAsync())) { Events = 0 },
        ["end of a session"] = new(async world =>
        {
            string name = world.NewName();
            Answer other = await world.SignInAsync("google", name);
            return world.Call(HttpMethod.Delete, $"/auth/me/sessions/{Session(other)}", await world.SignInAsync("google", name));
        }),
        ["logout"] = new(async world => world.Call(HttpMethod.Post, "/auth/logout", await world.SignInAsync())),
        ["logout everywhere"] = new(async world =>
        {
            string name = world.NewName();
            await world.SignInAsync("google", name);
            return world.Call(HttpMethod.Post, "/auth/logout?everywhere=true", await world.SignInAsync("google", name));
        }),
        ["revocation"] = new(async world => world.Post("/auth/revoke", ("token", (await world.SignInAsync()).Json.GetProperty("refresh_token").GetString()))),
        ["introspection"] = new(async world => world.Post(
            "/auth/introspect", ("token", (await world.SignInAsync()).AccessToken), ("client_id", "backend"), ("client_secret", World.Secret))) { Events = 0 },
    };

    public static TheoryData<string> Names => [.. Acts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_disk_that_fails_at_any_moment_changes_nothing(string name)
    {
        Act act = Acts[name];
        await using World world = await World.StartAsync(act);
        int failures = 0;
        while (true)
        {
            Func<Task<Answer>> call = await act.PrepareAsync(world);
            string before = Content(world, act);
            world.Audit.Clear();
            world.Fault.Set(failures + 1, FaultAt.BrokenDisk);
            Answer answer = await call();
            string? moment = world.Fault.Failed;
            world.Fault.Set(0, FaultAt.BrokenDisk);
            Assert.Equal((moment, act.Events), (moment, world.Audit.All.Count));
            if (moment is null)
            {
                act.AssertDone(answer, "undisturbed");
                break;
            }

            failures++;
            Assert.Equal((moment, 503, "temporarily_unavailable"), (moment, answer.Status, answer.Error));
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal(before, Content(world, act));
            if (act.Repeats)
            {
                act.AssertDone(await call(), moment);
            }
        }

        Assert.True(failures > 0, "No statement of the call was met.");
    }

    // A ticket and a code of ours are spent before the rest, whatever comes of it.
    private static string Content(World world, Act act) => string.Join(
        '\n', world.Host.Host.Content().Split('\n').Where(row =>
            act.Repeats || !(row.StartsWith("cambio_replays: ticket:", StringComparison.Ordinal) || row.StartsWith("cambio_one_time_codes:", StringComparison.Ordinal))));

    private static string Session(Answer signedIn) => new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(signedIn.AccessToken).GetClaim("sid").Value;

    /// <summary>One call: what has to stand before it, and the call, which can be made again.</summary>
    private sealed record Act(Func<World, Task<Func<Task<Answer>>>> PrepareAsync)
    {
        public int? Status { get; init; }

        public string Kind { get; init; } = "Jwt";

        public string? Pipeline { get; init; }

        /// <summary>How many audit events it leaves, whatever comes of it.</summary>
        public int Events { get; init; } = 1;

        /// <summary>The same call does its work afterwards: false where it uses up what is not the store's, a code of the provider or a ticket.</summary>
        public bool Repeats { get; init; } = true;

        public void AssertDone(Answer answer, string moment) =>
            Assert.True(Status is { } status ? answer.Status == status : answer.Status is 200 or 204, $"{moment}: {answer.Status} {answer.Text}");
    }

    /// <summary>The ready server on a disk that can fail.</summary>
    private sealed class World(FakedHost host, FaultAt fault, AuditEvents audit) : IAsyncDisposable
    {
        public const string Secret = "the-secret-of-a-backend";

        private int names;

        public FakedHost Host { get; } = host;

        public FaultAt Fault { get; } = fault;

        public AuditEvents Audit { get; } = audit;

        public static async Task<World> StartAsync(Act act)
        {
            var fault = new FaultAt();
            var audit = new AuditEvents();
            var settings = new Dictionary<string, string?> { ["Cambio:Tokens:Kind"] = act.Kind, ["Cambio:Clients:backend:Secret"] = Secret };
            if (act.Pipeline is { } pipeline)
            {
                settings["Cambio:Pipeline"] = pipeline;
                settings["Cambio:Accounts:Terms"] = pipeline.Contains("require-terms", StringComparison.Ordinal) ? "1" : null;
            }

            FakedHost host = await FakedHost.StartAsync(settings, services =>
            {
                fault.AddTo(services);
                services.AddSingleton<IAuditSink>(audit);
            });
            return new World(host, fault, audit);
        }

        /// <summary>What Facebook tells of somebody who has signed in and whose tokens are kept.</summary>
        public async Task<Func<Task<Answer>>> SignalAsync(string name)
        {
            string user = NewName();
            await SignInAsync("facebook", user);
            SimulatedSignal signal = Host.Fakes["facebook"].Signal(name, user);
            return async () =>
            {
                using var body = new StringContent(signal.Body, MediaTypeHeaderValue.Parse(signal.ContentType));
                return await Answer.ReadAsync(await Host.Host.Client.PostAsync($"/auth/facebook/signals/{name}", body));
            };
        }

        public string NewName() => $"person{++names}";

        public Func<Task<Answer>> Exchange(string provider, string name, string? email = null, string kind = "access_token")
        {
            MintedCredentials minted = Host.Fakes[provider].Mint(new MintOptions { User = name, Email = email });
            return () => Host.ExchangeAsync(provider, kind, minted);
        }

        public async Task<Answer> SignInAsync(string provider = "google", string? name = null, string? email = null)
        {
            Answer answer = await Exchange(provider, name ?? NewName(), email)();
            Assert.Equal(200, answer.Status);
            return answer;
        }

        /// <summary>A user with a login at two providers.</summary>
        public async Task<Answer> SignInTwiceAsync()
        {
            Answer user = await SignInAsync();
            string? token = Host.Fakes["github"].Mint(new MintOptions { User = NewName() }).AccessToken;
            Answer linked = await Call(HttpMethod.Post, "/auth/github/link", user, new Dictionary<string, string?> { ["access_token"] = token })();
            Assert.Equal(200, linked.Status);
            return user;
        }

        public Func<Task<Answer>> Refresh(Answer signedIn) => Post(
            "/auth/token", ("grant_type", "refresh_token"), ("refresh_token", signedIn.Json.GetProperty("refresh_token").GetString()));

        public Func<Task<Answer>> Post(string path, params (string, string?)[] form) => () => Host.Host.PostFormAsync(path, form);

        public Func<Task<Answer>> Call(HttpMethod method, string path, Answer user, Dictionary<string, string?>? body = null) => async () =>
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
            return await Answer.ReadAsync(await Host.Host.Client.SendAsync(request));
        };

        public async Task<string> CodeAsync(Answer signedIn)
        {
            IServiceProvider services = Host.Host.Services;
            IStore store = services.GetRequiredService<IStore>();
            Account account = (await store.FindUserAsync(new UserRef(signedIn.UserId), CancellationToken.None))!;
            var binding = new CodeBinding(Pkce.Challenge(Verifier), Callback);
            Result<string> code = await store.TransactAsync<string>(
                async (transaction, cancellationToken) => await services.GetRequiredService<AuthorizationCodes>().IssueAsync(
                    account, new SignInContext("google", signedIn.Json.GetProperty("login").GetProperty("subject").GetString()!, UserAgent: null, Address: null), binding, transaction, cancellationToken),
                CancellationToken.None);
            return code.Value!;
        }

        /// <summary>The code of a link that was proven at the callback.</summary>
        public async Task<string> HoldLinkAsync(Answer user)
        {
            IServiceProvider services = Host.Host.Services;
            var binding = new CodeBinding(Pkce.Challenge(Verifier), Callback);
            Result<ExchangeResult> stopped = await services.GetRequiredService<TokenExchange>().ExchangeAsync(new ExchangeRequest
            {
                Provider = "github",
                Credential = new AccessToken(Host.Fakes["github"].Mint(new MintOptions { User = NewName() }).AccessToken!),
                CurrentUser = new UserRef(user.UserId),
                Binding = HeldExchange.BindingOf(binding.CodeChallenge),
                Handover = Handover.ByCode(binding),
            });
            var held = new HeldExchange { Provider = "github", Ticket = stopped.Error!.Ticket!, CodeChallenge = binding.CodeChallenge };
            return (await services.GetRequiredService<AuthorizationCodes>().HoldAsync(held, binding, CancellationToken.None)).Value!;
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
