using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Providers;
using Cambio.Testing;
using Cambio.Tests.House;
using Cambio.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.Catalog;

/// <summary>The corridor, the provider at its fake, and a store of its own.</summary>
internal sealed class CaseExchange : IDisposable
{
    private readonly string provider;
    private readonly ServiceProvider services;
    private readonly Witness witness = new();

    public CaseExchange(FakeProvider fake, Uri simulator, string? catalog = null, string? secret = null, string more = "")
    {
        provider = fake.Id;
        var settings = new Dictionary<string, string?>
        {
            ["Cambio:Catalog"] = catalog ?? Repository.PathOf("catalog"),
            ["Cambio:Http:Simulator"] = simulator.AbsoluteUri,
            ["Cambio:Pipeline"] = $"{nameof(Witness)}, find-login, create-user, save-login {more}",
            [$"Cambio:Providers:{provider}:ClientId"] = fake.ClientId,
            [$"Cambio:Providers:{provider}:Accepts"] = Accepts(fake.Definition),
            [$"Cambio:Providers:{provider}:ClientSecret"] = secret ?? fake.ClientSecret,
        };
        foreach ((string name, string value) in fake.Variables)
        {
            settings[$"Cambio:Providers:{provider}:{name}"] = value;
        }

        var collection = new ServiceCollection();
        collection.AddSingleton<IPublicAddress, Address>();
        collection.AddCambioCore(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddInMemoryStore()
            .AddStep<Witness>(nameof(Witness));
        collection.AddKeyedSingleton<IExchangeStep>(nameof(Witness), witness);
        services = collection.BuildServiceProvider();
    }

    /// <summary>Who came out, in the words of a case.</summary>
    public CatalogIdentity? Identity => witness.Seen is not { } seen ? null : new CatalogIdentity
    {
        Subject = seen.Subject,
        PreferredUsername = seen.PreferredUsername,
        Name = seen.Name,
        GivenName = seen.GivenName,
        FamilyName = seen.FamilyName,
        Email = seen.Email,
        EmailVerified = seen.EmailVerified,
        Picture = seen.Picture,
        Locale = seen.Locale,
        Profile = seen.Profile,
    };

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>The private reason of the last refusal; null after a success.</summary>
    public string? Failure { get; private set; }

    /// <summary>The kinds of credential that a case has answers for and the definition takes, an uncertain proof's among them.</summary>
    public static string[] KindsOf(CatalogCase read, ProviderDefinition? definition) =>
        [.. ProviderWords.Credentials.Where(kind => IsAnswered(kind, read, definition) && (definition?.Accepts?.Contains(kind, StringComparer.Ordinal) ?? true))];

    private static bool IsAnswered(string kind, CatalogCase read, ProviderDefinition? definition) => kind switch
    {
        "code" => read.Answers.ContainsKey("token"),
        "id_token" => read.Answers.ContainsKey("id_token") && definition?.IdToken is not null,
        _ => read.Answers.ContainsKey("proof") || definition?.AccessTokenProof is { Kind: AccessTokenProofKind.Signature },
    };

    public Task<Result<ExchangeResult>> RunAsync(string kind, MintedCredentials minted) => RunAsync(Of(kind, minted));

    public async Task<Result<ExchangeResult>> RunAsync(Credential credential)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await services.GetRequiredService<SigningKeyRing>().RefreshAsync(cancellation);
        Result<ExchangeResult> result = await services.GetRequiredService<TokenExchange>()
            .ExchangeAsync(new ExchangeRequest { Provider = provider, Credential = credential }, cancellation);
        Failure = result.Error?.Reason;
        return result;
    }

    public void Dispose() => services.Dispose();

    // A proof that nobody confirmed is off until the operator says so; here it is to be tried.
    private static string? Accepts(ProviderDefinition definition) => definition.AccessTokenProof is { Confidence: ProofConfidence.Uncertain }
        ? string.Join(' ', new ProviderDraft("x", new ProviderOptions(), definition).Accepts.Append("access_token").Distinct())
        : null;

    private static Credential Of(string kind, MintedCredentials minted) => kind switch
    {
        "code" => new AuthorizationCode(minted.Code!, minted.RedirectUri, minted.CodeVerifier) { Nonce = minted.Nonce, User = minted.Form, Callback = minted.Callback },
        "id_token" => new IdToken(minted.IdToken!, minted.Nonce) { User = minted.Form },
        _ => new AccessToken(minted.AccessToken!),
    };

    private sealed class Witness : IExchangeStep
    {
        public ExternalIdentity? Seen { get; private set; }

        public Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
        {
            Seen = context.Identity;
            return Task.FromResult<ExchangeError?>(null);
        }
    }

    private sealed class Address : IPublicAddress
    {
        public string Value => "http://localhost";
    }
}
