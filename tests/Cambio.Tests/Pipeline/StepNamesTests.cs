using Cambio.Pipeline;

namespace Cambio.Tests.Pipeline;

public sealed class StepNamesTests
{
    private static readonly string[] Known =
    [
        "check-allowed", "find-login", "link-current-user", "link-by-email", "create-user", "save-login", "update-profile", "save-provider-tokens", "ask-terms",
        "require-email", "require-terms",
    ];

    [Fact]
    public void The_default_pipeline_has_no_mistake() =>
        Assert.Empty(StepNames.Mistakes(new CambioOptions().Pipeline, Known));

    [Theory]
    [InlineData("find-login save-login")]
    [InlineData("find-login, ask-terms, create-user, save-login")]
    [InlineData("ask-terms find-login link-by-email save-login")]
    [InlineData("find-login, link-current-user, require-email, check-allowed, link-by-email, create-user, require-terms, save-login, update-profile")]
    [InlineData("find-login, require-email, create-user, save-login, require-terms")]
    public void Takes_shorter_lists_and_steps_of_the_application(string pipeline) =>
        Assert.Empty(StepNames.Mistakes(pipeline, Known));

    [Theory]
    [InlineData("find-login, make-coffee, save-login", "'make-coffee', which does not exist")]
    [InlineData("find-login, find-login, save-login", "'find-login' twice")]
    [InlineData("save-login", "lacks 'find-login'")]
    [InlineData("find-login, create-user", "lacks 'save-login'")]
    [InlineData("", "lacks 'find-login'")]
    [InlineData("find-login, save-login, create-user", "'save-login' before 'create-user'")]
    [InlineData("create-user, find-login, save-login", "'create-user' before 'find-login'")]
    [InlineData("link-by-email, find-login, save-login", "'link-by-email' before 'find-login'")]
    [InlineData("require-email, find-login, save-login", "'require-email' before 'find-login'; move 'require-email' behind it")]
    [InlineData("find-login, require-email, link-current-user, save-login", "'require-email' before 'link-current-user'")]
    [InlineData("find-login, link-by-email, require-email, save-login", "'link-by-email' before 'require-email'")]
    [InlineData("find-login, create-user, require-email, save-login", "'create-user' before 'require-email'")]
    [InlineData("check-allowed, find-login, require-email, create-user, save-login", "'check-allowed' before 'require-email'; move 'check-allowed' behind it")]
    [InlineData("find-login, require-terms, create-user, save-login", "'require-terms' before 'create-user'")]
    [InlineData("find-login, link-by-email, link-current-user, save-login", "'link-by-email' before 'link-current-user'")]
    public void Says_what_is_wrong_with_a_list(string pipeline, string expected) =>
        Assert.Contains(StepNames.Mistakes(pipeline, Known), mistake => mistake.Contains(expected, StringComparison.Ordinal));
}
