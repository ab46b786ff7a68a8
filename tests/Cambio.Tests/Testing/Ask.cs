using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Testing;
using Cambio.Testing.Simulation;

namespace Cambio.Tests.Testing;

/// <summary>Calls a simulated provider at its own address, as an application would.</summary>
internal static class Ask
{
    public static ProviderSimulator Catalogue(TimeProvider? time = null)
    {
        var simulator = new ProviderSimulator(time);
        simulator.AddCatalog();
        return simulator;
    }

    public static Task<Reply> Get(this ProviderSimulator simulator, string url, string? bearer = null) =>
        simulator.Send("GET", url, bearer is null ? null : $"Bearer {bearer}");

    public static Task<Reply> Post(this ProviderSimulator simulator, string url, params (string Name, string? Value)[] form) =>
        simulator.Send("POST", url, null, string.Join('&', form.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")));

    public static async Task<Reply> Send(
        this ProviderSimulator simulator, string method, string url, string? authorization, string body = "", string type = "application/x-www-form-urlencoded")
    {
        SimulatedAnswer answer = await simulator.AnswerAsync(method, url, authorization is null ? [] : [("Authorization", authorization)], body, type);
        return new Reply(answer.Status, JsonNode.Parse(answer.Body)!);
    }

    /// <summary>Opens an address as a browser does; with a form, posts it there.</summary>
    public static async Task<Page> Open(this ProviderSimulator simulator, string url, string? form = null, params (string Name, string Value)[] headers)
    {
        SimulatedAnswer answer = await simulator.AnswerAsync(form is null ? "GET" : "POST", url, headers, form ?? "", "application/x-www-form-urlencoded");
        string? Header(string name) => answer.Headers.FirstOrDefault(header => header.Key == name).Value;
        return new Page(answer.Status, Encoding.UTF8.GetString(answer.Body), Header("Location"), Header("Content-Security-Policy"));
    }

    public static string Basic(string id, string secret) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}";

    /// <summary>The token request that belongs to a code.</summary>
    public static (string, string?)[] Redemption(this MintedCredentials minted, FakeProvider provider, params (string Name, string? Value)[] changes)
    {
        var form = new Dictionary<string, string?>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = minted.Code,
            ["redirect_uri"] = minted.RedirectUri,
            ["code_verifier"] = minted.CodeVerifier,
            ["client_id"] = provider.ClientId,
            ["client_secret"] = provider.ClientSecret,
        };
        foreach ((string name, string? value) in changes)
        {
            form[name] = value;
        }

        return [.. form.Select(p => (p.Key, p.Value))];
    }

    private static Task<SimulatedAnswer> AnswerAsync(
        this ProviderSimulator simulator, string method, string url, (string Name, string Value)[] headers, string body, string type)
    {
        var address = new Uri(url);
        var all = new Dictionary<string, string>(headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = type,
        };
        var request = SimulatedRequest.Create(method, address.Authority, Uri.UnescapeDataString(address.AbsolutePath), address.Query, all, body);
        return simulator.AnswerAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The claims of a JWT, unchecked.</summary>
    public static JsonObject Claims(string jwt) => JsonNode.Parse(Base64Url(jwt.Split('.')[1]))!.AsObject();

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}

/// <summary>What the provider answered.</summary>
internal sealed record Reply(int Status, JsonNode Body)
{
    /// <summary>The text at a path such as <c>user.id</c>; null where there is none.</summary>
    public string? this[string path] => path.Split('.').Aggregate((JsonNode?)Body, (node, name) => node switch
    {
        JsonObject o => o[name],
        JsonArray a => a[int.Parse(name)],
        _ => null,
    }) is { } found ? found.GetValueKind() == JsonValueKind.String ? found.GetValue<string>() : found.ToJsonString() : null;
}

/// <summary>What a browser is shown, or where it is sent.</summary>
internal sealed record Page(int Status, string Text, string? Location, string? Policy);
