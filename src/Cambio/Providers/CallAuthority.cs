namespace Cambio.Providers;

/// <summary>Whose authority a call is made under.</summary>
internal static class CallAuthority
{
    /// <summary>Whether the user's token authorizes the call. One that shows our secret is authorized by that, the token only its subject.</summary>
    public static bool IsAuthorizedByToken(this ProviderCallDefinition call) =>
        call.Auth == CallAuthentication.Bearer || (call.ShowsToken() && !call.ShowsSecret());

    /// <summary>Whether the call shows our own credentials.</summary>
    public static bool ShowsSecret(this ProviderCallDefinition call) => call.Auth == CallAuthentication.Basic || call.Names("{client_secret}");

    /// <summary>Whether the user's token stands in the call.</summary>
    public static bool ShowsToken(this ProviderCallDefinition call) => call.Auth == CallAuthentication.Bearer || call.Names("{access_token}");

    private static bool Names(this ProviderCallDefinition call, string name)
    {
        string[] templates = [call.Url ?? "", .. call.Query.Values, .. call.Headers.Values, .. call.Form?.Values ?? [], call.Json?.ToJsonString() ?? ""];
        return Array.Exists(templates, template => template.Contains(name, StringComparison.Ordinal));
    }
}
