using Cambio.AspNetCore.Redirect;
using Cambio.Telemetry;
using Cambio.Tests.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>A host with providers of several kinds, and a browser that begins sign-ins there.</summary>
internal static class StartHost
{
    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    public const string ReturnUrl = "https://app.example.com/signed-in";
    public const string Code = $"return_url=https%3A%2F%2Fapp.example.com%2Fsigned-in&code_challenge={Challenge}";
    public const string Cookie = "mode=cookie&return_url=https%3A%2F%2Fapp.example.com%2Fsigned-in";

    public static Task<DoorHost> StartAsync(
        string address = "https://api.example.com", string environment = "Production", AuditEvents? audit = null, params (string Key, string Value)[] more)
    {
        Dictionary<string, string?> settings = Settings(address);
        foreach ((string key, string value) in more)
        {
            settings[key] = value;
        }

        return DoorHost.StartAsync(settings, environment, services => services.AddSingleton<IAuditSink>(audit ?? new AuditEvents()));
    }

    public static Dictionary<string, string?> Settings(string address = "https://api.example.com") =>
        new(Setup.Pairs("""
            acme:ClientId=client-1
            acme:ClientSecret=s3cret
            acme:ExtraScope=calendar contacts
            acme:Definition:Name=Acme
            acme:Definition:AuthorizationEndpoint=https://acme.example/authorize
            acme:Definition:TokenEndpoint=https://acme.example/token
            acme:Definition:Userinfo:profile:Url=https://acme.example/me
            acme:Definition:Claims:Sub=id
            poster:ClientId=client-2
            poster:ClientSecret=s3cret
            poster:Definition:Name=Poster
            poster:Definition:AuthorizationEndpoint=https://poster.example/authorize
            poster:Definition:TokenEndpoint=https://poster.example/token
            poster:Definition:Userinfo:profile:Url=https://poster.example/me
            poster:Definition:Claims:Sub=id
            poster:Definition:Authorization:ResponseMode=form_post
            poster:Definition:Authorization:Pkce=false
            poster:Definition:Authorization:Omit=nonce
            bare:ClientId=client-3
            bare:ClientSecret=s3cret
            bare:Accepts=id_token
            bare:Definition:Name=Bare
            bare:Definition:Issuer=https://bare.example
            bare:Definition:AuthorizationEndpoint=https://bare.example/authorize
            bare:Definition:TokenEndpoint=https://bare.example/token
            bare:Definition:IdToken:Nonce=exact
            down:ClientId=client-4
            down:ClientSecret=s3cret
            down:Definition:Name=Down
            down:Definition:Issuer=https://127.0.0.1:1
            """))
        {
            ["Cambio:PublicUrl"] = address,
            ["Cambio:FrontEnd:ReturnUrls"] = ReturnUrl,
            ["Cambio:FrontEnd:Origins"] = "https://app.example.com",
        };

    /// <summary>What the provider is sent.</summary>
    public static IReadOnlyDictionary<string, string> Sent(this HttpResponseMessage answer) =>
        QueryHelpers.ParseQuery(answer.Headers.Location!.Query).ToDictionary(static pair => pair.Key, static pair => Assert.Single(pair.Value.ToArray())!);

    public static IReadOnlyList<SetCookieHeaderValue> Cookies(this HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? [.. SetCookieHeaderValue.ParseList([.. cookies])] : [];

    /// <summary>What the browser was given to keep.</summary>
    public static RedirectState Kept(this DoorHost host, HttpResponseMessage answer, string provider = "acme")
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = StateRoom.Sent(Assert.Single(answer.Cookies()));
        Result<RedirectState> found = host.Services.GetRequiredService<StateCookies>().Find(context, provider, answer.Sent()["state"]);
        Assert.True(found.IsSuccess, found.Error?.Reason);
        return found.Value;
    }
}
