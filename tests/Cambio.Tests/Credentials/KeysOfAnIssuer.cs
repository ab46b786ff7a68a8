using System.Text.Json;
using Cambio.Credentials;

namespace Cambio.Tests.Credentials;

/// <summary>A key that says for whom it signs, signs for nobody else, though it stands among everybody's keys.</summary>
public sealed class KeysOfAnIssuer
{
    private const string OfAll = "https://login.example/{tenantid}/v2.0";
    private const string OfOne = "https://login.example/t-1/v2.0";

    [Theory]
    [InlineData(null, "https://login.example/t-2/v2.0", "t-2", true)]
    [InlineData(OfAll, "https://login.example/t-2/v2.0", "t-2", true)]
    [InlineData(OfAll, "https://login.example/t-2/v2.0", "t-1", false)]
    [InlineData(OfAll, "https://login.example/t-2/v2.0", null, false)]
    [InlineData(OfOne, OfOne, "t-1", true)]
    [InlineData(OfOne, "https://login.example/t-2/v2.0", "t-2", false)]
    [InlineData(OfOne, null, "t-1", false)]
    public void Signs_for_the_issuer_that_it_names(string? named, string? issuer, string? tenant, bool signs)
    {
        JsonElement claims = JsonSerializer.SerializeToElement(new { iss = issuer, tid = tenant });

        Assert.Equal(signs, new PublicKey("k", null, "RSA", null!, named).SignsFor(claims));
    }
}
