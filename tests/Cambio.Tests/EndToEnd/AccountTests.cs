using Cambio.Pipeline;
using Cambio.Testing;
using Cambio.Tests.House;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.EndToEnd;

/// <summary>Which account an identity leads to, over HTTP and on a real database.</summary>
public sealed class AccountTests
{
    private static readonly MintOptions Ada = new() { User = "ada", Email = "ada@gmail.com" };

    [Fact]
    public async Task Two_providers_that_both_proved_the_address_lead_to_one_account()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer google = await faked.ExchangeAsync("google", "access_token", Ada);
        Answer github = await faked.ExchangeAsync("github", "access_token", Ada with { Email = "ADA@Gmail.com" });
        Assert.Equal(google.UserId, github.UserId);
        Assert.False(github.Json.GetProperty("is_new_user").GetBoolean());
    }

    [Theory]
    [InlineData("Verified", 200)]
    [InlineData("Ask", 409)]
    [InlineData("Never", 200)]
    public async Task LinkByEmail_decides_what_a_proven_address_leads_to(string mode, int status)
    {
        await using FakedHost faked = await FakedHost.StartAsync([new("Cambio:Accounts:LinkByEmail", mode)]);
        Answer first = await faked.ExchangeAsync("google", "access_token", Ada);
        Answer second = await faked.ExchangeAsync("github", "access_token", Ada);
        Assert.Equal(status, second.Status);
        Assert.Equal(mode == "Ask" ? "link_required" : null, second.Error);
        if (mode != "Ask")
        {
            Assert.Equal(mode == "Verified", first.UserId == second.UserId);
            Assert.Equal(mode == "Verified", second.Json.GetProperty("user").TryGetProperty("email", out _));
        }
    }

    [Fact]
    public async Task An_address_that_the_provider_did_not_verify_links_nothing_and_is_not_kept_beside_its_holder()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer holder = await faked.ExchangeAsync("google", "access_token", Ada);
        Answer other = await faked.ExchangeAsync("github", "access_token", Ada with { EmailVerified = false });
        Assert.NotEqual(holder.UserId, other.UserId);
        Assert.False(other.Json.GetProperty("user").TryGetProperty("email", out _));
    }

    [Theory]
    [InlineData("Ask", 409)]
    [InlineData("TakeOver", 200)]
    [InlineData("Separate", 200)]
    public async Task An_account_that_waits_with_somebody_elses_address_is_never_merged_into(string mode, int status)
    {
        await using FakedHost faked = await FakedHost.StartAsync([new("Cambio:Accounts:UnprovenAccount", mode)]);
        Answer attacker = await faked.ExchangeAsync("facebook", "access_token", new MintOptions { User = "mallory", Email = "ada@gmail.com" });
        Answer holder = await faked.ExchangeAsync("google", "access_token", Ada);
        Assert.Equal(status, holder.Status);

        if (mode == "TakeOver")
        {
            Assert.NotEqual(attacker.UserId, holder.UserId);
            Assert.False((await faked.Host.GetAsync("/auth/me", attacker.AccessToken)).Json.TryGetProperty("email", out _));
            Assert.Equal(400, (await RefreshAsync(faked, attacker)).Status);
            Answer back = await faked.ExchangeAsync("facebook", "access_token", new MintOptions { User = "mallory", Email = "ada@gmail.com" });
            Assert.NotEqual(holder.UserId, back.UserId);
        }
        else if (mode == "Separate")
        {
            Assert.NotEqual(attacker.UserId, holder.UserId);
        }
    }

    [Fact]
    public async Task Twenty_first_sign_ins_at_once_make_one_account()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        MintedCredentials minted = faked.Fakes["github"].Mint(Ada);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => faked.ExchangeAsync("github", "access_token", minted)));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.Text));
        Assert.Single(answers.Select(answer => answer.UserId).Distinct());
        Assert.Equal(1, faked.Host.Rows().Single(table => table.Key.EndsWith("users", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public async Task An_id_token_posted_twenty_times_at_once_is_taken_once()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        MintedCredentials minted = faked.Fakes["google"].Mint(Ada);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => faked.ExchangeAsync("google", "id_token", minted)));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("credential_replayed", answer.Reason));
    }

    [Fact]
    public async Task Two_people_with_one_handle_get_two_usernames()
    {
        await using FakedHost faked = await FakedHost.StartAsync(HandlesSettings, fakes: Handles);
        string[] names =
        [
            .. await Task.WhenAll(Enumerable.Range(0, 4).Select(async n =>
                (await faked.ExchangeAsync("handles", "code", new MintOptions { User = $"person {n}" })).Json.GetProperty("user").GetProperty("preferred_username").GetString()!)),
        ];
        Assert.Equal(4, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^same(-[0-9]+)?$", name));
    }

    [Fact]
    public async Task An_address_that_is_verified_later_becomes_proven_and_links_from_then_on()
    {
        await using FakedHost faked = await FakedHost.StartAsync();
        Answer first = await faked.ExchangeAsync("github", "access_token", Ada with { EmailVerified = false });
        Assert.False(first.Json.GetProperty("user").GetProperty("email_verified").GetBoolean());
        Answer later = await faked.ExchangeAsync("github", "access_token", Ada);
        Assert.Equal(first.UserId, later.UserId);
        Assert.True(later.Json.GetProperty("user").GetProperty("email_verified").GetBoolean());
        Assert.Equal(first.UserId, (await faked.ExchangeAsync("google", "access_token", Ada)).UserId);
    }

    [Theory]
    [InlineData("Cambio:Accounts:SignUp", "false", "signup_disabled")]
    [InlineData("Cambio:Pipeline", "find-login, save-login", "signup_disabled")]
    [InlineData("Cambio:Accounts:AllowedDomains", "example.org", "access_denied")]
    [InlineData("Cambio:Accounts:AllowedEmails", "bob@gmail.com, carol@gmail.com", "access_denied")]
    public async Task Settings_keep_people_out(string key, string value, string error)
    {
        await using FakedHost faked = await FakedHost.StartAsync([new(key, value)]);
        Answer answer = await faked.ExchangeAsync("google", "access_token", Ada);
        Assert.Equal((403, error), (answer.Status, answer.Error));
        Assert.All(faked.Host.Rows().Values, rows => Assert.Equal(0, rows));
    }

    [Theory]
    [InlineData("Cambio:Accounts:AllowedDomains", "example.org, GMAIL.com")]
    [InlineData("Cambio:Accounts:AllowedEmails", "Ada@gmail.com")]
    public async Task Settings_let_people_in(string key, string value)
    {
        await using FakedHost faked = await FakedHost.StartAsync([new(key, value)]);
        Assert.Equal(200, (await faked.ExchangeAsync("google", "access_token", Ada)).Status);
    }

    [Fact]
    public async Task A_step_of_the_application_asks_for_something_and_the_ticket_brings_it_once()
    {
        await using FakedHost faked = await FakedHost.StartAsync(
            [new("Cambio:Pipeline", "find-login, ask-terms, create-user, save-login")],
            services => services.AddKeyedSingleton<IExchangeStep, AskTerms>("ask-terms").AddSingleton(new StepName("ask-terms")));
        Answer asked = await faked.ExchangeAsync("google", "id_token", Ada);
        Assert.Equal((409, "interaction_required", "terms"), (asked.Status, asked.Error, asked.Json.GetProperty("requires").GetString()));
        string? ticket = asked.Json.GetProperty("ticket").GetString();
        Assert.All(faked.Host.Rows().Values, rows => Assert.Equal(0, rows));

        Answer elsewhere = await faked.Host.ExchangeAsync("github", ("ticket", ticket), ("terms", "accepted"));
        Assert.Equal((400, "invalid_grant"), (elsewhere.Status, elsewhere.Error));
        Answer done = await faked.Host.ExchangeAsync("google", ("ticket", ticket), ("terms", "accepted"));
        Assert.True(done.Status == 200, done.Text);
        Answer again = await faked.Host.ExchangeAsync("google", ("ticket", ticket), ("terms", "accepted"));
        Assert.Equal((400, "credential_replayed"), (again.Status, again.Reason));
    }

    [Fact]
    public async Task A_provider_that_nobody_shipped_needs_the_settings_that_the_documentation_shows()
    {
        string page = Repository.Read("docs/settings.md");
        string json = page[(page.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length)..];
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json[..json.IndexOf("```", StringComparison.Ordinal)]));
        IEnumerable<KeyValuePair<string, string?>> settings = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable().Where(setting => setting.Value is not null);
        await using FakedHost faked = await FakedHost.StartAsync(
            settings, fakes: simulator => simulator.Add("intra", FakeDefinitions.Intra, FakeDefinitions.IntraCases).Register("our-client", "our-secret"));
        MintedCredentials minted = faked.Fakes["intra"].Mint(new MintOptions { ClientId = "our-client" });
        Answer answer = await faked.ExchangeAsync("intra", "code", minted);
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal("4711", answer.Json.GetProperty("login").GetProperty("subject").GetString());
        Assert.Equal("Ada Lovelace", answer.Json.GetProperty("user").GetProperty("name").GetString());

        Answer bare = await faked.ExchangeAsync("intra", "access_token", minted with { AccessToken = minted.AccessToken ?? "any" });
        Assert.Equal((403, "credential_not_accepted", "no_audience_proof"), (bare.Status, bare.Error, bare.Reason));
    }

    private static readonly KeyValuePair<string, string?>[] HandlesSettings =
    [
        new("Cambio:Providers:handles:Definition:TokenEndpoint", FakeDefinitions.Handles.TokenEndpoint),
        new("Cambio:Providers:handles:Definition:Userinfo:profile:Url", FakeDefinitions.Handles.Userinfo["profile"].Url),
        new("Cambio:Providers:handles:Definition:Claims:sub", "id"),
        new("Cambio:Providers:handles:Definition:Claims:preferred_username", "=same"),
    ];

    private static void Handles(ProviderSimulator simulator) => simulator.Add("handles", FakeDefinitions.Handles, FakeDefinitions.HandlesCases);

    private static Task<Answer> RefreshAsync(FakedHost faked, Answer answer) =>
        faked.Host.PostFormAsync("/auth/token", ("grant_type", "refresh_token"), ("refresh_token", answer.Json.GetProperty("refresh_token").GetString()));

    private sealed class AskTerms : IExchangeStep
    {
        public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken) =>
            Task.FromResult(context.Answers.GetValueOrDefault("terms") == "accepted" ? null : ExchangeError.InteractionRequired("terms"));
    }
}
