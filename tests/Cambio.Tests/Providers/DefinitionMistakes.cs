using System.Text;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>What a definition gets wrong is found at start, not at the first sign-in.</summary>
public sealed class DefinitionMistakes
{
    private const string Sound = """
        {
          "name": "X", "docs": "https://x.example/docs", "category": "work",
          "variables": { "tenant": { "title": "Tenant" }, "privateKey": { "title": "Key", "kind": "ec_private_key" } },
          "authorizationEndpoint": "https://x.example/{tenant}/authorize", "tokenEndpoint": "https://x.example/{tenant}/token",
          "jwksUri": "https://x.example/keys",
          "authorization": {
            "responseMode": "form_post", "parameters": { "org": "{tenant}", "prompt": "consent" }, "rename": { "client_id": "app_id", "redirect_uri": "back" },
            "omit": ["nonce", "response_type", "ui_locales"], "suffix": "&claims=%7B%7D#go", "codeParameter": "auth_code", "callback": ["shop"]
          },
          "token": { "headers": { "x-app": "{client_id}" }, "parameters": { "p": "{tenant}" }, "map": { "access_token": "data.token" } },
          "userinfo": {
            "profile": { "url": "https://x.example/me", "query": { "t": "{access_token}" }, "json": { "a": ["{token.open_id}"] } },
            "emails": { "url": "https://x.example/{profile.id}/emails", "when": { "path": "profile.id", "present": true } }
          },
          "allowedHosts": ["api.x.example", ".y.example"],
          "idToken": { "issuers": "https://x.example/{tid}", "require": { "t": { "path": "tid", "equalTo": "{tenant}", "variable": "tenant", "isNot": "common" } } },
          "accessTokenProof": { "request": { "url": "https://x.example/check/{client_id}" }, "audience": "app.id", "subject": "user.id" },
          "emailTrust": ["x.example", "claim:hd"],
          "claims": { "sub": "id", "name": ["{given} {family}", "name | lower"], "email_verified": "=true", "given_name": "form.name.first", "profile": "https://x.example/{id}" },
          "gate": { "member": { "path": "orgs[id=7].role", "matches": "admin|member" } },
          "quirk": "appsecret_proof"
        }
        """;

    [Fact]
    public void A_sound_definition_has_none() => Assert.Empty(Mistakes("{}"));

    [Theory]
    [InlineData("""{"name":" "}""", "name is empty")]
    [InlineData("""{"docs":"http://x.example"}""", "docs must begin with https://.")]
    [InlineData("""{"category":"sociable"}""", "category must be one of social,")]
    [InlineData("""{"quirk":"appsecretproof"}""", "quirk must be one of appsecret_proof, es256_client_secret, md5_signature, rsa_sha256_signature. Did you mean appsecret_proof?")]
    [InlineData("""{"allowedHosts":["https://x.example"]}""", "allowedHosts must hold host names")]
    [InlineData("""{"allowedHosts":["*"]}""", "allowedHosts must hold host names")]
    [InlineData("""{"emailTrust":["all"]}""", "emailTrust must be verified, never")]
    [InlineData("""{"variables":{"client_id":{"title":"T"}}}""", "variables.client_id must be named")]
    [InlineData("""{"variables":{"scope":{"title":"T"}}}""", "variables.scope must be named")]
    [InlineData("""{"variables":{"my.host":{"title":"T"}}}""", "variables.my.host must be named")]
    [InlineData("""{"variables":{"host":{"title":"T","pattern":"(a"}}}""", "variables.host.pattern is not a regular expression")]
    [InlineData("""{"variables":{"host":{"title":"T","pattern":"a)|(b"}}}""", "variables.host.pattern is not a regular expression")]
    [InlineData("""{"variables":{"host":{"title":"T","pattern":"(?=a)a"}}}""", "variables.host.pattern is not a regular expression that runs in linear time")]
    [InlineData("""{"variables":{"host":{"title":"T","pattern":"[a-z]+","example":"A"}}}""", "variables.host.example must match the pattern.")]
    [InlineData("""{"variables":{"privateKey":{"default":"x"}}}""", "variables.privateKey.default must not be there")]
    [InlineData("""{"authorization":{"responseMode":"fragment"}}""", "authorization.responseMode must be query or form_post.")]
    [InlineData("""{"authorization":{"parameters":{"org":"{client_secret}"}}}""", "authorization.parameters.org names {client_secret}, which is not known there")]
    [InlineData("""{"authorizationEndpoint":"https://x.example/{tennant}"}""", "authorizationEndpoint names {tennant}, which is not known there")]
    [InlineData("""{"authorizationEndpoint":"https://x.example/{tenant"}""", "authorizationEndpoint has a { without its }.")]
    [InlineData("""{"jwksUri":"https://x.example/{access_token}"}""", "jwksUri names {access_token}")]
    [InlineData("""{"token":{"headers":{"x-app":"{privateKey}"}}}""", "token.headers.x-app names {privateKey}")]
    [InlineData("""{"token":{"map":{"access_token":"data."}}}""", "token.map.access_token is not a path")]
    [InlineData("""{"token":{"unwrap":"[a"}}""", "token.unwrap is not a path")]
    [InlineData("""{"token":{"errors":{"e":{"path":"a b","present":true}}}}""", "token.errors.e.path is not a path")]
    [InlineData("""{"refresh":{"parameters":{"p":"{profile.id}"}}}""", "refresh.parameters.p names {profile.id}, which is not known there")]
    [InlineData("""{"refresh":{"parameters":{"p":"{code}"}}}""", "refresh.parameters.p names {code}")]
    [InlineData("""{"extension":{"parameters":{"p":"x"}}}""", "extension does not show the token that it extends")]
    [InlineData("""{"extension":{"headers":{"x-t":"{access_token}"},"response":"jwt"}}""", "extension.response must not be jwt")]
    [InlineData("""{"extension":{"parameters":{"t":"{access_token}","p":"{token.id}"}}}""", "extension.parameters.p names {token.id}")]
    [InlineData("""{"extension":{"endpoint":"https://x.example/{access_token}","parameters":{"t":"{access_token}"}}}""", "extension.endpoint names {access_token}")]
    [InlineData("""{"revocation":{"headers":{"x-t":"{proof.id}"}}}""", "revocation.headers.x-t names {proof.id}")]
    [InlineData("""{"refresh":{"parameters":{"p":"{nothing}"}}}""", "refresh.parameters.p names {nothing}")]
    [InlineData("""{"token":{"auth":"private_key_jwt"},"variables":{"privateKey":{"kind":"text"}}}""", "token.auth needs a variable privateKey of kind ec_private_key")]
    [InlineData("""{"userinfo":{"profile":null,"emails":{"url":"https://x.example/e"}}}""", "userinfo.profile is missing")]
    [InlineData("""{"userinfo":{"token":{"url":"https://x.example"}}}""", "userinfo.token must be named")]
    [InlineData("""{"userinfo":{"my.mails":{"url":"https://x.example"}}}""", "userinfo.my.mails must be named")]
    [InlineData("""{"userinfo":{"emails":{"url":null}}}""", "userinfo.emails.url is missing, and without an issuer")]
    [InlineData("""{"userinfo":{"emails":{"url":"https://x.example/{id}"}}}""", "userinfo.emails.url names {id}")]
    [InlineData("""{"userinfo":{"emails":{"url":"https://x.example/{other.id}"}}}""", "userinfo.emails.url names {other.id}")]
    [InlineData("""{"userinfo":{"emails":{"form":{"a":"b"},"json":{"a":"b"}}}}""", "userinfo.emails has more than one body; keep one of form, json and graphql.")]
    [InlineData("""{"userinfo":{"emails":{"form":{"a":"b"},"graphql":"{ me }"}}}""", "userinfo.emails has more than one body")]
    [InlineData("""{"userinfo":{"profile":{"json":{"a":["{ me }"]}}}}""", "userinfo.profile.json.a names { me }")]
    [InlineData("""{"userinfo":{"emails":{"when":{"path":"profile.id","present":null}}}}""", "userinfo.emails.when tests nothing")]
    [InlineData("""{"userinfo":{"emails":{"url":"{profile.link}"}},"allowedHosts":null}""", "userinfo.emails.url takes its host from an answer (profile.link); say with allowedHosts")]
    [InlineData("""{"userinfo":{"emails":{"url":"https://{profile.host}/me"}},"allowedHosts":null}""", "userinfo.emails.url takes its host from an answer (profile.host); say with allowedHosts")]
    [InlineData("""{"jwksUri":"https://{tenant}.x.example/keys"}""", "variables.tenant.pattern is missing; the variable decides the host of jwksUri.")]
    [InlineData("""{"jwksUri":"https://{tenant}.x.example/keys","variables":{"tenant":{"pattern":".+"}}}""", "variables.tenant.pattern is too wide; a value could lead jwksUri to another host.")]
    [InlineData("""{"jwksUri":"{tenant}/keys","variables":{"tenant":{"pattern":"https://[^/]+"}}}""", "variables.tenant.pattern is too wide; a value could lead jwksUri to another host. Begin it with https://")]
    [InlineData("""{"authorization":{"callback":["code"]}}""", "authorization.callback must list names")]
    [InlineData("""{"authorization":{"callback":["device-id"]}}""", "authorization.callback must list names")]
    [InlineData("""{"authorization":{"callback":["auth_code"],"codeParameter":"auth_code"}}""", "authorization.callback must list names")]
    [InlineData("""{"authorization":{"codeParameter":"code"}}""", "authorization.codeParameter must be a name of letters, digits and underscores")]
    [InlineData("""{"authorization":{"codeParameter":"state"}}""", "authorization.codeParameter must be a name")]
    [InlineData("""{"authorization":{"codeParameter":"auth-code"}}""", "authorization.codeParameter must be a name")]
    [InlineData("""{"authorization":{"rename":{"state":"s"}}}""", "authorization.rename.state must not be there; only client_id, redirect_uri, response_type, scope,")]
    [InlineData("""{"authorization":{"rename":{"code_challenge":"c"}}}""", "authorization.rename.code_challenge must not be there")]
    [InlineData("""{"authorization":{"rename":{"code_challenge_method":"m"}}}""", "authorization.rename.code_challenge_method must not be there")]
    [InlineData("""{"authorization":{"rename":{"clientid":"app"}}}""", "authorization.rename.clientid must not be there")]
    [InlineData("""{"authorization":{"rename":{"client_id":"state"}}}""", "authorization.rename.client_id must be a name of visible characters that no other parameter has.")]
    [InlineData("""{"authorization":{"rename":{"client_id":"Redirect_URI"}}}""", "authorization.rename.client_id must be a name")]
    [InlineData("""{"authorization":{"rename":{"client_id":"a\nb"}}}""", "authorization.rename.client_id must be a name")]
    [InlineData("""{"authorization":{"rename":{"client_id":""}}}""", "authorization.rename.client_id must be a name")]
    [InlineData("""{"authorization":{"omit":["state"]}}""", "authorization.omit must be of response_type, scope, nonce, response_mode, login_hint, prompt, ui_locales; PKCE is turned off by pkce alone.")]
    [InlineData("""{"authorization":{"omit":["redirect_uri"]}}""", "authorization.omit must be of")]
    [InlineData("""{"authorization":{"omit":["client_id"]}}""", "authorization.omit must be of")]
    [InlineData("""{"authorization":{"omit":["code_challenge"]}}""", "authorization.omit must be of")]
    [InlineData("""{"authorization":{"omit":["nonce","code_challenge_method"]}}""", "authorization.omit must be of")]
    [InlineData("""{"authorization":{"omit":["Nonce"]}}""", "authorization.omit must be of")]
    [InlineData("""{"authorization":{"parameters":{"client_id":"x"}}}""", "authorization.parameters.client_id must not be there; the flow itself says what it is.")]
    [InlineData("""{"authorization":{"parameters":{"redirect_uri":"x"}}}""", "authorization.parameters.redirect_uri must not be there")]
    [InlineData("""{"authorization":{"parameters":{"response_type":"token"}}}""", "authorization.parameters.response_type must not be there")]
    [InlineData("""{"authorization":{"parameters":{"RESPONSE_MODE":"fragment"}}}""", "authorization.parameters.RESPONSE_MODE must not be there")]
    [InlineData("""{"authorization":{"parameters":{"scope":"all"}}}""", "authorization.parameters.scope must not be there")]
    [InlineData("""{"authorization":{"parameters":{"State":"x"}}}""", "authorization.parameters.State must not be there")]
    [InlineData("""{"authorization":{"parameters":{"nonce":"x"}}}""", "authorization.parameters.nonce must not be there")]
    [InlineData("""{"authorization":{"parameters":{"code_challenge":"x"}}}""", "authorization.parameters.code_challenge must not be there")]
    [InlineData("""{"authorization":{"parameters":{"code_challenge_method":"plain"}}}""", "authorization.parameters.code_challenge_method must not be there")]
    [InlineData("""{"authorization":{"parameters":{"request_uri":"https://x.example"}}}""", "authorization.parameters.request_uri must not be there")]
    [InlineData("""{"authorization":{"rename":{"client_id":"app_id"},"parameters":{"APP_ID":"x"}}}""", "authorization.parameters.APP_ID must not be there")]
    [InlineData("""{"authorization":{"suffix":"?a=b"}}""", "authorization.suffix must begin with # or &")]
    [InlineData("""{"authorization":{"suffix":"#a b"}}""", "authorization.suffix must begin with # or &")]
    [InlineData("""{"authorization":{"suffix":"#a\u0000"}}""", "authorization.suffix must begin with # or &")]
    [InlineData("""{"authorization":{"suffix":"&a={client_secret}"}}""", "authorization.suffix must begin with # or &")]
    [InlineData("""{"authorization":{"suffix":""}}""", "authorization.suffix must begin with # or &")]
    [InlineData("""{"authorization":{"suffix":"&a=b&stat%65=x"}}""", "authorization.suffix says state, which the request says elsewhere.")]
    [InlineData("""{"authorization":{"suffix":"&prompt=none"}}""", "authorization.suffix says prompt")]
    [InlineData("""{"authorization":{"suffix":"&org=b#x"}}""", "authorization.suffix says org")]
    [InlineData("""{"authorizationEndpoint":"https://x.example/a?p=1&state=x"}""", "authorizationEndpoint says state in its query; the flow itself says what it is.")]
    [InlineData("""{"icon":"My Icon"}""", "icon must be a slug")]
    [InlineData("""{"idToken":{"issuers":null}}""", "idToken.issuers is missing")]
    [InlineData("""{"jwksUri":null}""", "jwksUri is missing")]
    [InlineData("""{"idToken":{"algorithms":["HS512"]}}""", "idToken.algorithms must be of RS256")]
    [InlineData("""{"idToken":{"algorithms":["none"]}}""", "idToken.algorithms must be of RS256")]
    [InlineData("""{"idToken":{"algorithms":[]}}""", "idToken.algorithms must be of RS256")]
    [InlineData("""{"idToken":{"require":{"t":{"variable":"tennant"}}}}""", "idToken.require.t.variable must name one of the definition's variables. Did you mean tenant?")]
    [InlineData("""{"idToken":{"require":{"t":{"variable":null}}}}""", "idToken.require.t.variable must name one of the definition's variables.")]
    [InlineData("""{"idToken":{"claims":{"sub":"a b"}}}""", "idToken.claims.sub is not a path")]
    [InlineData("""{"accessTokenProof":{"audience":null}}""", "accessTokenProof proves nothing")]
    [InlineData("""{"accessTokenProof":{"request":null}}""", "accessTokenProof proves nothing")]
    [InlineData("""{"accessTokenProof":{"request":null,"kind":"introspection"}}""", "accessTokenProof.request is missing, and without an issuer")]
    [InlineData("""{"accessTokenProof":{"audience":"app."}}""", "accessTokenProof.audience is not a path")]
    [InlineData("""{"accessTokenProof":{"audienceVariable":"tennant"}}""", "accessTokenProof.audienceVariable must name one of the definition's variables. Did you mean tenant?")]
    [InlineData("""{"claims":{"sub":"=1"}}""", "claims.sub is the same for everybody")]
    [InlineData("""{"claims":{"sub":"form.id"}}""", "claims.sub comes from what the browser posted")]
    [InlineData("""{"claims":{"sub":"callback.shop"}}""", "claims.sub comes from what the browser posted")]
    [InlineData("""{"claims":{"sub":["id","email"]}}""", "claims.sub reads email, which people change and providers give to others")]
    [InlineData("""{"claims":{"sub":"data.user.User_Name"}}""", "claims.sub reads data.user.User_Name, which people change")]
    [InlineData("""{"claims":{"sub":"{team.id}-{user.userPrincipalName}"}}""", "claims.sub reads user.userPrincipalName, which people change")]
    [InlineData("""{"idToken":{"claims":{"sub":"preferred_username"}}}""", "idToken.claims.sub reads preferred_username, which people change")]
    [InlineData("""{"claims":{"sub":"{tenant}"}}""", "claims.sub is the same for everybody")]
    [InlineData("""{"claims":{"sub":"emails.0.value"}}""", "claims.sub reads emails.0.value, which people change")]
    [InlineData("""{"claims":{"sub":"emails[primary=true].id"}}""", "claims.sub reads emails[primary=true].id, which people change")]
    [InlineData("""{"gate":{"member":{"path":"form.x"}}}""", "gate.member.path comes from what the browser posted")]
    [InlineData("""{"gate":{"member":{"path":"callback.x"}}}""", "gate.member.path comes from what the browser posted")]
    [InlineData("""{"emailTrust":["claim:form.hd"]}""", "emailTrust must be verified, never")]
    [InlineData("""{"variables":{"key":{"title":"K","kind":"secret","default":"x"}}}""", "variables.key.default must not be there; a secret has no default.")]
    [InlineData("""{"accessTokenProof":{"request":{"url":"https://x.example/app","auth":"none"}}}""", "accessTokenProof.request does not show the token")]
    [InlineData("""{"claims":{"email":["email","{form.email}"]}}""", "claims.email comes from what the browser posted")]
    [InlineData("""{"claims":{"name":"name | upper"}}""", "claims.name has a transform that does not exist; known are dash, first, lower, present, tail.")]
    [InlineData("""{"claims":{"name":"{access_token}"}}""", "claims.name names {access_token}")]
    [InlineData("""{"claims":{"picture":"https://x.example/{privateKey}"}}""", "claims.picture names {privateKey}")]
    [InlineData("""{"claims":{"locale":"{a b}"}}""", "claims.locale names {a b}")]
    [InlineData("""{"gate":{"member":{"matches":"[a"}}}""", "gate.member.matches is not a regular expression")]
    [InlineData("""{"gate":{"member":{"matches":null}}}""", "gate.member tests nothing")]
    [InlineData("""{"gate":{"member":{"equalTo":"{client_secret}"}}}""", "gate.member.equalTo names {client_secret}")]
    public void A_mistake_names_its_key(string change, string mistake) =>
        Assert.StartsWith(mistake, Assert.Single(Mistakes(change)), StringComparison.Ordinal);

    [Fact]
    public void A_file_with_a_mistake_is_named()
    {
        using CatalogFolder catalog = new CatalogFolder().Add("x", """{"name":"X","tokenEndpoint":"https://x.example/t","claims":{"sub":"token.id | uper"}}""");
        Assert.Equal(
            [$"{Path.Combine(catalog.Path, "x", "provider.json")}: claims.sub has a transform that does not exist; known are dash, first, lower, present, tail."],
            Setup.Mistakes("x:ClientId=us\nx:ClientSecret=s", catalog));
    }

    private static string[] Mistakes(string change)
    {
        JsonNode json = JsonNode.Parse(Sound)!;
        Merge(json.AsObject(), JsonNode.Parse(change)!.AsObject());
        ProviderDefinition? definition = ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), out IReadOnlyList<DefinitionMistake> wrong);
        Assert.Empty(wrong);
        var options = new ProviderOptions { ClientId = "us", ClientSecret = "s", Variables = { ["tenant"] = "t", ["privateKey"] = Keys.Private(System.Security.Cryptography.ECCurve.NamedCurves.nistP256) } };
        var draft = new ProviderDraft("x", options, definition!) { File = "f" };
        return [.. new ProviderValidator(Setup.Words).Mistakes(draft).Where(mistake => mistake.StartsWith("f: ", StringComparison.Ordinal)).Select(mistake => mistake["f: ".Length..])];
    }

    // RFC 7396: null takes a key away.
    internal static void Merge(JsonObject target, JsonObject change)
    {
        foreach ((string key, JsonNode? value) in change)
        {
            if (value is JsonObject members && target[key] is JsonObject known)
            {
                Merge(known, members);
            }
            else if (value is null)
            {
                target.Remove(key);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}
