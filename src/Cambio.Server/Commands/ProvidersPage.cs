using System.Globalization;

namespace Cambio.Server.Commands;

/// <summary>The catalogue as <c>docs/providers.md</c>.</summary>
internal static class ProvidersPage
{
    private const string None = "none";

    public static string Write(IReadOnlyList<ProviderFacts> providers)
    {
        IEnumerable<string> shelves = providers.GroupBy(provider => provider.Category).OrderBy(shelf => shelf.Key, StringComparer.Ordinal).Select(Shelf);
        return $"{Introduction(providers.Count)}\n{string.Join('\n', shelves)}";
    }

    private static string Introduction(int count) => $$"""
        # Providers

        Cambio knows {{count}} providers; any other that speaks OAuth 2.0 or OpenID Connect is
        [a few settings](settings.md#providers) or [a folder of data](../catalog/README.md) away. This page is made from the catalogue:
        `CAMBIO_APPROVE=1 ./test --quick` writes it anew. In a terminal the same is `./run providers`, and `./run providers {id}` tells the rest.

        To turn one on, set `Cambio:Providers:{id}:ClientId`, its `ClientSecret` where it has one, and whatever of the column *settings* has a
        star. Then `./run doctor` says what is still missing, and which redirect URI to register at the provider.

        | column | says |
        |---|---|
        | id | the word in addresses and settings; the name leads to the provider's own documentation |
        | accepts | the kinds of credential taken unless `Cambio:Providers:{id}:Accepts` says otherwise |
        | proof | how a bare access token is shown to be ours, and how sure that is: `documented` by the provider, `remembered` from use elsewhere, or `uncertain`; off until a setting is set: access tokens are refused before that; none: they always are |
        | e-mail | for which addresses its verified flag may link accounts; none: for no address |
        | settings | what to fill in below `Cambio:Providers:{id}`; a star: has no default and must be set |
        | quirk | the built-in cryptography that its calls need |
        | agree | how many independent public catalogues name the same addresses; a dash: nobody compared |

        """.ReplaceLineEndings("\n");

    private static string Shelf(IGrouping<string, ProviderFacts> shelf) => $"""
        ## {char.ToUpperInvariant(shelf.Key[0])}{shelf.Key[1..]}

        | id | name | accepts | proof | e-mail | settings | quirk | agree |
        |---|---|---|---|---|---|---|---|
        {string.Join('\n', shelf.OrderBy(provider => provider.Id, StringComparer.Ordinal).Select(Row))}

        """.ReplaceLineEndings("\n");

    private static string Row(ProviderFacts provider)
    {
        string[] cells =
        [
            $"`{provider.Id}`",
            Name(provider),
            Words(provider.Accepts),
            Proof(provider.Proof),
            Words(provider.EmailTrust),
            provider.Variables.Count == 0 ? None : string.Join(", ", provider.Variables.Select(variable => $"`{variable.Setting}`{(variable.IsRequired ? "\\*" : "")}")),
            provider.Quirk is { } quirk ? $"`{quirk}`" : None,
            provider.Agreement?.ToString(CultureInfo.InvariantCulture) ?? "-",
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Name(ProviderFacts provider) =>
        (provider.Docs is { } docs ? $"[{Escape(provider.Name)}](<{docs}>)" : Escape(provider.Name))
        + (provider.Deprecated is { } why ? $" (deprecated: {Escape(why)})" : "");

    private static string Proof(ProofFacts? proof) =>
        proof is null ? None : $"{proof.Kind}, {proof.Confidence}{(proof.OffUntil is { } setting ? $": off until `{setting}` is set" : "")}";

    private static string Words(IReadOnlyList<string> words) => words.Count == 0 ? None : string.Join(", ", words.Select(word => $"`{word}`"));

    // What would end a cell or a link, or begin markup.
    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is '|' or '[' or ']' or '*' or '_' or '`' or '<' or '\\' ? $"\\{c}" : c.ToString()));
}
