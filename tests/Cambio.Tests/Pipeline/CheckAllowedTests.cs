using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Pipeline.Steps;
using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Pipeline;

public sealed class CheckAllowedTests
{
    private static readonly CheckAllowed Step = new(Options.Create(new CambioOptions { Accounts = { AllowedDomains = "example.com" } }));

    [Theory]
    [InlineData("ada@example.com", true, null, false, true)]
    [InlineData("ada@example.com", false, null, false, false)]
    [InlineData("ada@example.org", true, null, false, false)]
    [InlineData(null, false, null, false, false)]

    // What the account proved counts where the provider says nothing, and never against what the provider says.
    [InlineData(null, false, "ada@example.com", true, true)]
    [InlineData(null, false, "ada@example.com", false, false)]
    [InlineData(null, false, "ada@example.org", true, false)]
    [InlineData("ada@example.org", true, "ada@example.com", true, false)]
    [InlineData("ada@example.com", false, "ada@example.com", true, false)]
    public async Task Lets_in_whose_address_is_proven_and_allowed(string? email, bool trusted, string? own, bool proven, bool allowed)
    {
        ExchangeContext context = Newcomer.Context();
        context.Identity = context.Identity with { Email = email, EmailVerified = trusted, EmailTrusted = trusted };
        context.Account = own is null ? null : Newcomer.Account with { Email = own, EmailProven = proven };
        Assert.Equal(allowed ? null : "access_denied", (await Step.RunAsync(context, CancellationToken.None))?.Code);
    }

    [Theory]
    [InlineData("other", "4711")]
    [InlineData("acme", "4712")]
    public void A_step_cannot_make_somebody_else_of_an_identity(string provider, string subject) =>
        Assert.Throws<ArgumentException>(() => Newcomer.Context().Identity = new ExternalIdentity { Provider = provider, Subject = subject });
}
