using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>Who keeps a bare access token has to know when it ends.</summary>
public sealed class ProofExpiryTests : AccessTokenRoom
{
    [Theory]
    [InlineData("left", null, """{"aud":"our-client","left":3600}""", 3600)]
    [InlineData("left", null, """{"aud":"our-client","left":"60"}""", 60)]
    [InlineData(null, "until", """{"aud":"our-client","until":1772370000}""", 3600)]
    [InlineData(null, "until", """{"aud":"our-client","until":"2026-03-01T13:00:00Z"}""", 3600)]
    [InlineData(null, "until", """{"aud":"our-client","until":0}""", null)]
    [InlineData(null, "until", """{"aud":"our-client","until":99999999999999}""", null)]
    [InlineData("left", null, """{"aud":"our-client","left":99999999999}""", 34560000)]
    [InlineData(null, null, """{"aud":"our-client"}""", null)]
    public async Task It_is_carried_from_the_proof(string? expiresIn, string? expiresAt, string answer, int? seconds)
    {
        Fake.On(TokenInfo, answer);

        Result<Authorization> result = await VerifyAsync(Info with { ExpiresIn = expiresIn, ExpiresAt = expiresAt });

        Assert.Null(result.Error);
        Assert.Equal(seconds is { } left ? Rooms.Time.GetUtcNow().AddSeconds(left) : null, result.Value!.AccessTokenExpiresAt);
    }
}
