using System.Text.Json;
using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>What every folder of the catalogue keeps; a new one is held to it without a line here.</summary>
public sealed class EveryFolder
{
    public static TheoryData<string> Ids => [.. Folders.Ids];

    public static TheoryData<string> CaseFiles => [.. Folders.CaseFiles];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_an_id_that_can_stand_anywhere(string id) => Assert.True(ProviderId.IsValid(id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_a_definition_without_mistakes(string id)
    {
        DefinitionReading reading = Folders.Definition(id);

        Assert.Empty(reading.Mistakes);
        Assert.Empty(new DefinitionValidator(reading.Definition!, Folders.Words).Mistakes());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Says_what_it_is_and_who_says_so(string id)
    {
        ProviderDefinition definition = Folders.Definition(id).Definition!;

        Assert.NotNull(definition.Category);
        Assert.NotNull(definition.Docs);
        Assert.True(definition.AccessTokenProof is null || Folders.Text($"{id}/provider.json").Contains("\"confidence\"", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_user_for_the_sandbox(string id)
    {
        Assert.NotNull(Folders.Case($"{id}/default.case.json").Identity);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Exercises_every_kind_of_credential_that_it_takes(string id)
    {
        ProviderDefinition definition = Folders.Definition(id).Definition!;
        CatalogCase played = Folders.Case($"{id}/default.case.json");
        TextList accepted = new ProviderDraft(id, new(), definition).Accepts;

        Assert.Empty(accepted.Except(CaseExchange.KindsOf(played, definition)));
        Assert.True(definition.AccessTokenProof is null || CaseExchange.KindsOf(played, definition).Contains("access_token"));
    }

    [Theory]
    [MemberData(nameof(CaseFiles))]
    public void Expects_an_identity_or_a_refusal(string file)
    {
        CatalogCase read = Folders.Case(file);

        Assert.True(read.Identity is null != read.Refuses is null);
        Assert.True(read.IdTokenIdentity is null || read.Identity is not null);
        Assert.True(read.Refuses is null or ErrorCodes.InvalidGrant or ErrorCodes.ProviderError or ErrorCodes.AccessDenied);
        Assert.NotEmpty(read.Source);
    }

    [Theory]
    [MemberData(nameof(CaseFiles))]
    public void Answers_only_what_is_asked(string file)
    {
        CatalogCase read = Folders.Case(file);
        ProviderDefinition definition = Folders.Definition(Folders.Place(file).Id).Definition!;
        string[] names = ["token", "refresh", "extension", "id_token", "proof", "form", .. definition.Userinfo.Keys];

        Assert.Empty(read.Answers.Keys.Except([.. names, .. names.Select(name => $"{name}_refused")]));
        Assert.Empty(read.Statuses.Keys.Except(read.Answers.Keys));
        Assert.Contains(read.Answers.Keys, name => name is "token" or "id_token" or "proof");
    }

    [Theory]
    [MemberData(nameof(CaseFiles))]
    public void Holds_no_line_of_a_real_token(string file)
    {
        foreach ((string name, JsonElement answer) in Folders.Case(file).Answers)
        {
            string text = answer.GetRawText();
            Assert.False(text.Contains("eyJ", StringComparison.Ordinal), $"{name} holds a JWT");
            Assert.DoesNotMatch("(ya29\\.|gh[pousr]_|EAA[A-Za-z0-9]{20})", text);
        }
    }

    [Theory]
    [MemberData(nameof(CaseFiles))]
    public void Names_nobody_who_lives(string file) =>
        Assert.All(
            System.Text.RegularExpressions.Regex.Matches(Folders.Text(file), "[A-Za-z0-9._+-]+@(?<domain>[A-Za-z0-9.-]+)").Select(m => m.Groups["domain"].Value),
            domain => Assert.Matches(@"^(?:[a-z0-9-]+\.)*example\.(?:com|org|net)$|^privaterelay\.appleid\.com$|^users\.noreply\.github\.com$", domain));

    [Fact]
    public void A_case_with_an_unknown_or_doubled_key_is_no_case()
    {
        const string Case = """{"source":"x","answers":{},"identity":{"sub":"1"}}""";
        Assert.Equal("1", CaseJson.Read(System.Text.Encoding.UTF8.GetBytes(Case)).Identity!.Subject);
        Assert.Throws<JsonException>(() => CaseJson.Read("""{"source":"x","answers":{},"expects":{}}"""u8));
        Assert.Throws<JsonException>(() => CaseJson.Read("""{"source":"x","source":"y","answers":{}}"""u8));
        Assert.Throws<JsonException>(() => CaseJson.Read("""{"answers":{}}"""u8));
        Assert.Throws<JsonException>(() => CaseJson.Read("""{"source":"x","answers":{},"identity":{"email":"a@example.com"}}"""u8));
    }
}
