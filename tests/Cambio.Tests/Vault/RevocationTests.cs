using Cambio.Storage;
using Cambio.Testing;
using Cambio.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using FakeAnswer = Cambio.Tests.Credentials.FakeAnswer;
using FakeCall = Cambio.Tests.Credentials.FakeCall;
using FakeProvider = Cambio.Tests.Credentials.FakeProvider;

namespace Cambio.Tests.Vault;

/// <summary>What an unlinked or deleted user's tokens come to at the provider.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private static readonly ProviderTokens Tokens = new("access-1", "refresh-1", VaultRoom.Start.AddHours(1));

    private readonly FakeTimeProvider time = new(VaultRoom.Start);
    private FakeProvider fake = null!;

    public async ValueTask InitializeAsync() => fake = (await FakeProvider.StartAsync()).On(VaultRoom.Revoke, new FakeAnswer(200, "", null));

    public ValueTask DisposeAsync() => fake.DisposeAsync();

    [Fact]
    public async Task The_refresh_token_is_revoked_for_it_ends_the_grant()
    {
        await using VaultRoom room = Room();

        await RevokeAsync(room, Tokens);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["token"] = "refresh-1", ["token_type_hint"] = "refresh_token", ["client_id"] = "our-client", ["client_secret"] = "our-secret",
            },
            fake.Single(VaultRoom.Revoke).Form);
        Assert.DoesNotContain(room.Logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_refresh_token_it_is_the_access_token()
    {
        await using VaultRoom room = Room();

        await RevokeAsync(room, Tokens with { RefreshToken = null });

        FakeCall call = fake.Single(VaultRoom.Revoke);
        Assert.Equal(("access-1", "access_token"), (call.Form["token"], call.Form["token_type_hint"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("""{"success":true}""")]
    public async Task Whatever_stands_in_a_200_it_is_done(string body)
    {
        fake.On(VaultRoom.Revoke, new FakeAnswer(200, body, "text/html"));
        await using VaultRoom room = Room();

        await RevokeAsync(room, Tokens);

        Assert.DoesNotContain(room.Logs.Lines, line => line.Contains("Warning", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"error":"unsupported_token_type"}""", 400)]
    [InlineData("""{"error":"invalid_client"}""", 401)]
    [InlineData("""{"error":"server_error"}""", 200)]
    [InlineData("{}", 503)]
    public async Task What_fails_is_logged_and_never_thrown(string body, int status)
    {
        fake.On(VaultRoom.Revoke, FakeAnswer.Json(body, status));
        await using VaultRoom room = Room();

        await RevokeAsync(room, Tokens);

        Assert.Single(room.Logs.Lines, line => line.StartsWith("Warning 1012", StringComparison.Ordinal));
        Assert.DoesNotContain(room.Logs.Lines, line => line.Contains("refresh-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_have_one_timeout_together()
    {
        var never = new TaskCompletionSource();
        fake.On(VaultRoom.Revoke, new FakeAnswer(200, "") { Gate = never.Task });
        await using VaultRoom room = Room();
        ProtectedProviderTokens[] many = [.. Enumerable.Range(0, 20).Select(n => Seal(room, Tokens, $"user-{n}"))];

        Task revoking = room.Get<ProviderTokenRevoker>().RevokeAsync(many, TestContext.Current.CancellationToken);
        while (fake.Calls.Count == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        time.Advance(TimeSpan.FromSeconds(6));
        await revoking;

        Assert.Equal(20, room.Logs.Lines.Count(line => line.StartsWith("Warning 1012", StringComparison.Ordinal)));
        never.SetResult();
    }

    [Fact]
    public async Task Who_leaves_ends_it()
    {
        await using VaultRoom room = Room();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            room.Get<ProviderTokenRevoker>().RevokeAsync([Seal(room, Tokens)], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Nobody_is_called_where_there_is_no_revocation()
    {
        await using VaultRoom room = Room(("RevocationEndpoint", ""));

        await RevokeAsync(room, Tokens);

        Assert.Empty(fake.Calls);
        Assert.DoesNotContain(room.Logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_issuers_document_names_the_endpoint()
    {
        fake.On("GET /id.example/.well-known/openid-configuration", """{"issuer":"https://id.example","jwks_uri":"https://id.example/keys","revocation_endpoint":"https://id.example/revoke"}""")
            .On("POST /id.example/revoke", new FakeAnswer(200, ""));
        await using VaultRoom room = Room(("RevocationEndpoint", ""), ("Issuer", "https://id.example"));

        await RevokeAsync(room, Tokens);

        Assert.Equal(1, fake.Count("POST /id.example/revoke"));
    }

    [Fact]
    public async Task A_provider_that_takes_the_access_token_alone_gets_that()
    {
        fake.On("DELETE /corp.example/grant", new FakeAnswer(204, ""));
        await using VaultRoom room = Room(
            ("Revocation:Endpoint", "https://corp.example/grant"), ("Revocation:Method", "delete"), ("Revocation:Auth", "none"),
            ("Revocation:Omit", "token token_type_hint client_id"), ("Revocation:Headers:Authorization", "Bearer {access_token}"));

        await RevokeAsync(room, Tokens);

        FakeCall call = fake.Single("DELETE /corp.example/grant");
        Assert.Equal(("Bearer access-1", ""), (call.Header("Authorization"), call.Body));
    }

    [Fact]
    public async Task The_client_shows_itself_as_at_the_token_endpoint()
    {
        await using VaultRoom room = Room(("Token:Auth", "client_secret_basic"));

        await RevokeAsync(room, Tokens);

        Assert.StartsWith("Basic ", fake.Single(VaultRoom.Revoke).Header("Authorization"), StringComparison.Ordinal);
    }

    private static ProtectedProviderTokens Seal(VaultRoom room, ProviderTokens tokens, string user = "user-0") =>
        room.Get<ProviderTokenSeal>().Seal(new UserRef(user), VaultRoom.Provider, VaultRoom.Subject, tokens);

    private static Task RevokeAsync(VaultRoom room, ProviderTokens tokens) =>
        room.Get<ProviderTokenRevoker>().RevokeAsync([Seal(room, tokens)], TestContext.Current.CancellationToken);

    private VaultRoom Room(params (string, string)[] definition) =>
        new(fake, new InMemoryStore(), new EphemeralDataProtectionProvider(), time, definition);
}
