using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Testing;
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

    public CaseExchange(FakeProvider fake, Uri simulator)
    {
        provider = fake.Id;
        var settings = new Dictionary<string, string?>
        {
            ["Cambio:Http:Simulator"] = simulator.AbsoluteUri,
            ["Cambio:Pipeline"] = $"{nameof(Witness)}, find-login, create-user, save-login",
            [$"Cambio:Providers:{provider}:ClientId"] = fake.ClientId,
            [$"Cambio:Providers:{provider}:ClientSecret"] = fake.ClientSecret,
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

    public async Task<Result<ExchangeResult>> RunAsync(string kind, MintedCredentials minted)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await services.GetRequiredService<SigningKeyRing>().RefreshAsync(cancellation);
        return await services.GetRequiredService<TokenExchange>().ExchangeAsync(new ExchangeRequest { Provider = provider, Credential = Of(kind, minted) }, cancellation);
    }

    public void Dispose() => services.Dispose();

    private static Credential Of(string kind, MintedCredentials minted) => kind switch
    {
        "code" => new AuthorizationCode(minted.Code!, minted.RedirectUri, minted.CodeVerifier) { Nonce = minted.Nonce, User = minted.Form },
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
