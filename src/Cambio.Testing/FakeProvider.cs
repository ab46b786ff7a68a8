using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cambio.Providers;
using Cambio.Testing.Simulation;
using Cambio.Testing.Simulation.Consent;

namespace Cambio.Testing;

/// <summary>Plays one provider: in its own dialect, from its definition and its cases, with real checks and real signatures.</summary>
public sealed class FakeProvider
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string DefaultCase = "default";

    private readonly IReadOnlyDictionary<string, CatalogCase> cases;
    private readonly TimeProvider time;
    private readonly SimulatedClients clients = new();
    private readonly SimulatorKeys keys;
    private readonly GrantLedger tokens;
    private readonly GrantLedger codes;
    private readonly GrantLedger refreshTokens;
    private readonly ConcurrentDictionary<string, Fault> faults = new(StringComparer.Ordinal);
    private volatile Behaviour behaviour;

    internal FakeProvider(string id, ProviderDefinition definition, IReadOnlyDictionary<string, CatalogCase> cases, TimeProvider time)
    {
        Id = id;
        Definition = definition;
        this.cases = cases;
        this.time = time;
        keys = new SimulatorKeys(id, JwtMaker.AlgorithmOf(definition));
        tokens = new GrantLedger(time);
        codes = new GrantLedger(time);
        refreshTokens = new GrantLedger(time);
        ClientId = cases[DefaultCase].ClientId ?? $"{id}-client";
        ClientSecret = NewToken();
        clients.Register(ClientId, ClientSecret);
        behaviour = Behave(ExampleVariables.Of(definition));
    }

    /// <summary>The provider's id.</summary>
    public string Id { get; }

    /// <summary>What it plays.</summary>
    public ProviderDefinition Definition { get; }

    /// <summary>The client id of the application that is registered there from the start.</summary>
    public string ClientId { get; }

    /// <summary>That application's secret; new in each fake.</summary>
    public string ClientSecret { get; }

    /// <summary>Values of the definition's variables, private keys among them: what belongs into the settings of the application.</summary>
    public IReadOnlyDictionary<string, string> Variables => behaviour.Context.Variables;

    /// <summary>The names of its cases.</summary>
    public IReadOnlyCollection<string> Cases => [.. cases.Keys.Order(StringComparer.Ordinal)];

    /// <summary>True: a refresh answers with a new refresh token, and the old one is spent. False: it answers with none, and the old one stays good.</summary>
    public bool RotatesRefreshTokens { get; set; } = true;

    /// <summary>
    /// True: where the definition has an issuer, authorization answers say so in <c>iss</c>, and the discovery document announces it
    /// (RFC 9207). False: neither.
    /// </summary>
    public bool SendsIssuer { get; set; } = true;

    internal Behaviour Behaviour => behaviour;

    /// <summary>Registers another application, or the same one anew.</summary>
    /// <param name="clientId">Its client id.</param>
    /// <param name="clientSecret">Its secret; null for a public client.</param>
    /// <param name="variables">Values of variables to play with from now on; null leaves them as they are.</param>
    public void Register(string clientId, string? clientSecret, IReadOnlyDictionary<string, string>? variables = null)
    {
        clients.Register(clientId, clientSecret);
        if (variables is { Count: > 0 })
        {
            var merged = new Dictionary<string, string>(Variables, StringComparer.Ordinal);
            foreach ((string name, string value) in variables)
            {
                merged[name] = value;
            }

            behaviour = Behave(merged);
        }
    }

    /// <summary>Signs a user in.</summary>
    /// <param name="user">A name, free text: the same name is the same person there.</param>
    public MintedCredentials Mint(string user) => Mint(new MintOptions { User = user });

    /// <summary>Signs a user in to an application that is none of yours.</summary>
    /// <param name="user">A name, free text.</param>
    public MintedCredentials MintForAnotherApplication(string user)
    {
        string another = SubjectShape.Make(ClientId, Id, "another application");
        clients.RegisterAnother(another, NewToken());
        return Mint(new MintOptions { User = user, ClientId = another });
    }

    /// <summary>Signs a user in.</summary>
    /// <param name="options">Who, and how.</param>
    /// <exception cref="ArgumentException">There is no such case.</exception>
    public MintedCredentials Mint(MintOptions options)
    {
        CatalogCase played = CaseOf(options.Case);
        return new SignIn(behaviour.Context, played, PersonOf(options, played), options.SessionId).Mint(options.ClientId ?? ClientId, options);
    }

    /// <summary>Opens an authorization request as a browser would, and lets a user allow it.</summary>
    /// <param name="authorizationUrl">The address that the application sends the browser to: the provider's own, or the simulator's.</param>
    /// <param name="user">A name, free text: the same name is the same person there.</param>
    /// <returns>What the browser carries back: a code, or an error where the request has a mistake.</returns>
    /// <exception cref="ArgumentException">
    /// The address is not that of the authorization endpoint, or the provider has none; or the request names an unknown application or a
    /// wrong redirect URI, and nothing may go back.
    /// </exception>
    /// <example>
    /// A whole sign-in by redirect, with a browser that follows no redirects and keeps cookies:
    /// <code>
    /// HttpResponseMessage start = await browser.GetAsync("/auth/acme/start?return_url=https://app.example.com/done&amp;code_challenge=...");
    /// AuthorizationCallback callback = fakes["acme"].Authorize(start.Headers.Location!.OriginalString, "ada");
    /// HttpResponseMessage landing = callback.Form is null
    ///     ? await browser.GetAsync(callback.Address)
    ///     : await browser.PostAsync(callback.Address, new FormUrlEncodedContent(callback.Form));
    /// </code>
    /// </example>
    public AuthorizationCallback Authorize(string authorizationUrl, string user) => Authorize(authorizationUrl, new AuthorizeOptions { User = user });

    /// <summary>Opens an authorization request as a browser would, and lets a user allow it.</summary>
    /// <param name="authorizationUrl">The address that the application sends the browser to: the provider's own, or the simulator's.</param>
    /// <param name="options">Who, and how.</param>
    /// <returns>What the browser carries back: a code, or an error where the request has a mistake.</returns>
    /// <exception cref="ArgumentException">As above; or there is no such case.</exception>
    public AuthorizationCallback Authorize(string authorizationUrl, AuthorizeOptions options)
    {
        CatalogCase played = CaseOf(options.Case);
        var mint = new MintOptions { User = options.User, Email = options.Email, EmailVerified = options.EmailVerified, Case = options.Case };
        return Answer(authorizationUrl, new SignIn(behaviour.Context, played, PersonOf(mint, played), options.SessionId));
    }

    /// <summary>Opens an authorization request as a browser would, and lets the user deny it.</summary>
    /// <param name="authorizationUrl">The address that the application sends the browser to: the provider's own, or the simulator's.</param>
    /// <returns>What the browser carries back: <c>error=access_denied</c>, or another error where the request has a mistake.</returns>
    /// <exception cref="ArgumentException">
    /// The address is not that of the authorization endpoint, or the provider has none; or the request names an unknown application or a
    /// wrong redirect URI, and nothing may go back.
    /// </exception>
    public AuthorizationCallback Deny(string authorizationUrl) => Answer(authorizationUrl, signIn: null);

    /// <summary>What the provider posts by itself about a user.</summary>
    /// <param name="name">The name of one of the definition's signals.</param>
    /// <param name="user">A name, free text.</param>
    /// <param name="type">The type of the event, where the format has several; null for the first that ends something.</param>
    /// <exception cref="ArgumentException">There is no such signal.</exception>
    public SimulatedSignal Signal(string name, string user, string? type = null) => Signal(name, new SignalOptions { User = user, Type = type });

    /// <summary>What the provider posts by itself.</summary>
    /// <param name="name">The name of one of the definition's signals.</param>
    /// <param name="options">What, and of whom.</param>
    /// <exception cref="ArgumentException">There is no such signal.</exception>
    public SimulatedSignal Signal(string name, SignalOptions options)
    {
        SignalDefinition definition = Definition.Signals.GetValueOrDefault(name)
            ?? throw new ArgumentException($"{Id} has no signal {name}; there are {string.Join(", ", Definition.Signals.Keys)}.", nameof(name));
        CatalogCase played = cases[DefaultCase];
        string subject = PersonOf(new MintOptions { User = options.User }, played)?.Subject ?? played.Identity!.Subject;
        return new SignalMaker(behaviour.Context, options.ClientId ?? ClientId).Make(definition, subject, options);
    }

    /// <summary>Makes an endpoint fail until <see cref="Mend"/>.</summary>
    /// <param name="endpoint">Its name, as in <see cref="SimulatedCall.Endpoint"/>.</param>
    /// <param name="fault">How.</param>
    public void Break(string endpoint, Fault fault) => faults[endpoint] = fault;

    /// <summary>Ends all faults.</summary>
    public void Mend() => faults.Clear();

    /// <summary>Signs with a new key from now on.</summary>
    /// <param name="keepOld">True: the old keys stay published.</param>
    public void RotateKeys(bool keepOld = false) => keys.Rotate(keepOld);

    internal Fault? FaultOf(string endpoint) => faults.GetValueOrDefault(endpoint);

    internal static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    private AuthorizationCallback Answer(string authorizationUrl, SignIn? signIn)
    {
        AuthorizationAnswers answers = behaviour.Authorization
            ?? throw new ArgumentException($"{Id} has no authorization endpoint.", nameof(authorizationUrl));
        return answers.Reply(AuthorizationUrl.Read(authorizationUrl, answers.Endpoint), signIn).ToCallback();
    }

    private CatalogCase CaseOf(string name) => cases.GetValueOrDefault(name)
        ?? throw new ArgumentException($"{Id} has no case {name}; there are {string.Join(", ", Cases)}.", nameof(name));

    private Person? PersonOf(MintOptions options, CatalogCase played) =>
        options.User is not { } user ? null
        : played.Identity is { } identity ? new Person(Id, user, identity, options.Email, !options.EmailVerified)
        : throw new ArgumentException($"The case {options.Case} yields nobody, so nobody can take its user's place.", nameof(options));

    private Behaviour Behave(IReadOnlyDictionary<string, string> variables)
    {
        var jwts = new JwtMaker(Definition, variables, keys, clients, time);
        return new(new SimulationContext
        {
            Id = Id,
            Definition = Definition,
            Default = cases[DefaultCase],
            Variables = variables,
            Clients = clients,
            ClientCheck = new ClientCheck(Definition, clients, new ClientAssertion(Definition, variables, time)),
            Tokens = tokens,
            Codes = codes,
            RefreshTokens = refreshTokens,
            RotatesRefreshTokens = () => RotatesRefreshTokens,
            SendsIssuer = () => SendsIssuer,
            Keys = keys,
            Jwts = jwts,
            IdTokens = new IdTokenMaker(Definition, variables, jwts, time),
            AccessTokens = new AccessTokenMaker(Definition, variables, clients, jwts, time),
            Time = time,
        });
    }
}
