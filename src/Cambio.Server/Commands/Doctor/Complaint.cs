using Cambio.Providers;

namespace Cambio.Server.Commands.Doctor;

/// <summary>Puts into words what was found at a provider, and what to do about it.</summary>
internal sealed class Complaint(Provider provider, TimeSpan timeout)
{
    public const string OtherIssuer = "metadata_issuer_mismatch";
    public const string TimedOut = "provider_timeout";

    private string Key => $"Cambio:Providers:{provider.Id}";

    public string Document(string key, Uri address, string issuer, ExchangeError error) => error.Reason switch
    {
        OtherIssuer => $"{address} names another issuer than {issuer}: {Mend(key)}, to the issuer that it names, character for character.",
        "metadata_unreadable" or "provider_answer_unreadable" => $"{address} is no discovery document: {Mend(key)}.",
        "metadata_address_unusable" => $"{address} names addresses that must not be called; they have to begin with https://.",
        _ => Call(key, address, error),
    };

    public string Call(string key, Uri address, ExchangeError error) => error.Reason switch
    {
        "provider_unreachable" =>
            $"{address.Authority} cannot be reached: see that this machine resolves the name, may connect to it, and trusts its certificate; else {Mend(key)}.",
        TimedOut => $"{address.Authority} does not answer within {timeout.TotalSeconds:0.#} s: see that nothing holds the call up, or raise Cambio:Http:Timeout.",
        "provider_redirected" => $"{address} redirects, which is not followed: {Mend(key)}, to where it leads.",
        var reason => $"{address} answers what cannot be used ({reason}): try again later, else {Mend(key)}.",
    };

    public string NoAddress(string key) => $"Nothing says where its {key} is: {Mend(key)}.";

    public string NoKey(string key, Uri address, TextList algorithms) =>
        $"{address} holds no key for {string.Join(", ", algorithms)}: see that the provider publishes its signing keys there, else {Mend(key)}.";

    public string Clock(TimeSpan ahead) =>
        $"This machine's clock is {ahead.Duration().TotalSeconds:0} seconds {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the provider's, more than tokens allow: "
        + "synchronise the clock (NTP).";

    // An address is made of the operator's own settings where it has any, and can be replaced where it has none.
    private string Mend(string key)
    {
        string[] variables = [.. ProviderTemplate.Names(Template(key) ?? "").Where(provider.Variables.ContainsKey).Select(name => $"{Key}:{VariableFacts.SettingOf(name)}")];
        return $"correct {(variables.Length > 0 ? string.Join(" and ", variables) : $"{Key}:Definition:{key}")}";
    }

    private string? Template(string key) => key switch
    {
        "Issuer" => provider.Definition.Issuer,
        "JwksUri" => provider.Definition.JwksUri ?? provider.Definition.Issuer,
        _ => provider.Definition.Token.Endpoint ?? provider.Definition.TokenEndpoint ?? provider.Definition.Issuer,
    };
}
