using Cambio.Quirks;

namespace Cambio.Tests.Quirks;

public sealed class QuirkRegistryTests
{
    [Fact]
    public void Lists_the_names_that_definitions_may_use() =>
        Assert.Equal(["appsecret_proof", "es256_client_secret", "md5_signature", "rsa_sha256_signature"], new QuirkRegistry().Names);

    [Fact]
    public void Lists_those_whose_signature_binds_the_token() =>
        Assert.Equal(["md5_signature", "rsa_sha256_signature"], new QuirkRegistry().Words([]).BindingQuirks.Order(StringComparer.Ordinal));

    [Fact]
    public void Lists_what_a_quirk_needs() =>
        Assert.Equal(["keyId", "privateKey", "teamId"], new QuirkRegistry().Words([]).QuirkVariables["es256_client_secret"].Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AppSecret_Proof")]
    [InlineData("magic")]
    public void Finds_nothing_under_any_other_name(string? name) => Assert.Null(new QuirkRegistry().Find(name));
}
