using Cambio.Quirks;

namespace Cambio.Tests.Quirks;

public sealed class QuirkRegistryTests
{
    [Fact]
    public void Lists_the_names_that_definitions_may_use() =>
        Assert.Equal(["appsecret_proof", "es256_client_secret"], new QuirkRegistry().Names);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AppSecret_Proof")]
    [InlineData("magic")]
    public void Finds_nothing_under_any_other_name(string? name) => Assert.Null(new QuirkRegistry().Find(name));
}
