using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>No provider makes an account of nobody: whatever stands where the user's id should, nobody comes of it.</summary>
public sealed class EverySubject(CatalogFakes fakes) : IClassFixture<CatalogFakes>
{
    // The id is unusable, not the one that was proven, or a further call that needs it cannot be made.
    private static readonly string?[] Reasons =
        ["subject_unusable", "subject_mismatch", "proof_subject_missing", "id_token_subject_missing", "id_token_requirement", "proof_inactive", "provider_call_incomplete", "provider_address_unusable"];

    // A call that is made only where the id is missing is none that the case has an answer for.
    private static readonly string?[] ReasonsOfASecondTry = [.. Reasons, "provider_status_404", "provider_refused_404"];

    public static TheoryData<string> Ids => [.. Folders.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Is_there_or_the_exchange_is_refused(string id)
    {
        ProviderDefinition definition = Folders.Definition(id).Definition!;
        CatalogCase full = Folders.Case($"{id}/default.case.json");
        var cases = new Dictionary<string, CatalogCase> { ["default"] = full };
        foreach (string way in Withheld.Ways)
        {
            cases[way] = Withheld.From(full, definition, way);
        }

        FakeProvider fake = fakes.Running.Simulator.Add(id, definition, cases);
        foreach (string way in Withheld.Ways)
        {
            foreach (string kind in CaseExchange.KindsOf(full, definition))
            {
                using var exchange = new CaseExchange(fake, fakes.Running.BaseAddress);
                Result<ExchangeResult> result = await exchange.RunAsync(kind, fake.Mint(new MintOptions { Case = way }));

                Assert.True(result.Error?.Code is ErrorCodes.InvalidGrant or ErrorCodes.ProviderError, $"{way} {kind}: {result.Error?.Code} {result.Error?.Reason}");
                Assert.Contains(exchange.Failure, definition.Userinfo.Values.Any(call => call.When is not null) ? ReasonsOfASecondTry : Reasons);
                Assert.Null(exchange.Identity);
            }
        }
    }
}
