using Cambio.Pipeline;
using Cambio.Pipeline.Steps;
using Cambio.Storage;
using Cambio.Testing;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Pipeline;

public sealed class RequireTermsTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("2025-01", null, true)]
    [InlineData("2026-11", null, false)]
    [InlineData(null, "", true)]
    [InlineData(null, "accepted", true)]
    [InlineData("2025-01", "2025-01", true)]
    [InlineData(null, "2026-11", false)]
    [InlineData("2025-01", "2026-11", false)]
    public async Task Asks_until_the_current_version_is_accepted_and_keeps_that(string? before, string? answer, bool asks)
    {
        using var store = new InMemoryStore();
        Account account = Newcomer.Account with { AcceptedTerms = before };
        var step = new RequireTerms(Options.Create(new CambioOptions { Accounts = { Terms = "2026-11" } }));
        ExchangeError? error = null;
        await store.TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await transaction.Accounts.TryCreateUserAsync(account, cancellationToken);
                var context = new ExchangeContext
                {
                    Identity = Newcomer.Identity,
                    Store = transaction,
                    Now = DateTimeOffset.UnixEpoch,
                    Account = account,
                    Answers = answer is null ? [] : new Dictionary<string, string> { ["terms"] = answer },
                };
                error = await step.RunAsync(context, cancellationToken);
                Assert.Equal(asks ? before : "2026-11", context.Account.AcceptedTerms);
                return true;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(asks ? ("terms", "2026-11") : default, (error?.Requires, error?.TermsVersion));
        Assert.Equal(asks ? before : "2026-11", Assert.Single(store.Accounts).AcceptedTerms);
    }

    [Fact]
    public async Task Does_not_ask_again_when_a_later_step_has_interrupted()
    {
        using var store = new InMemoryStore();
        var step = new RequireTerms(Options.Create(new CambioOptions { Accounts = { Terms = "2026-11" } }));
        var memory = new Dictionary<string, string>();
        foreach (string? answer in (string?[])["2026-11", null])
        {
            await store.TransactAsync<bool>(
                async (transaction, cancellationToken) =>
                {
                    var context = new ExchangeContext
                    {
                        Identity = Newcomer.Identity,
                        Store = transaction,
                        Now = DateTimeOffset.UnixEpoch,
                        Account = Newcomer.Account,
                        Memory = memory,
                        Answers = answer is null ? [] : new Dictionary<string, string> { ["terms"] = answer },
                    };
                    await transaction.Accounts.TryCreateUserAsync(Newcomer.Account, cancellationToken);
                    Assert.Null(await step.RunAsync(context, cancellationToken));
                    return ExchangeError.InteractionRequired("more");
                },
                TestContext.Current.CancellationToken);
        }

        Assert.Empty(store.Accounts);
    }

    [Fact]
    public async Task Asks_nobody_who_has_no_account() =>
        Assert.Null(await new RequireTerms(Options.Create(new CambioOptions { Accounts = { Terms = "2026-11" } })).RunAsync(Newcomer.Context(), CancellationToken.None));
}
