using System.Text;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>A signal that nobody vouches for, or that ends nothing, is found at start.</summary>
public sealed class SignalMistakes
{
    private const string P = "Cambio:Providers:";

    private const string OpenId = """
        {
          "name": "X", "issuer": "https://x.example", "idToken": {},
          "signals": {
            "backchannel": { "format": "logout_token" },
            "events": { "format": "security_event_token", "types": { "revoke": "urn:x:revoked" } },
            "notes": { "format": "notification_token", "types": { "delete": ["gone"], "none": ["moved"] } }
          }
        }
        """;

    private const string Plain = """
        {
          "name": "X", "tokenEndpoint": "https://x.example/token", "userinfo": { "profile": { "url": "https://x.example/me" } }, "claims": { "sub": "id" },
          "signals": {
            "deletion": { "format": "signed_request", "effect": "delete" },
            "events": {
              "format": "security_event_token", "issuers": "https://x.example", "algorithms": "RS256", "jwksUri": "https://x.example/keys",
              "subject": "sub", "types": { "end_sessions": "urn:x:out" }
            }
          }
        }
        """;

    [Theory]
    [InlineData(OpenId)]
    [InlineData(Plain)]
    public void A_sound_definition_has_none(string definition) => Assert.Empty(Mistakes(definition, "{}"));

    [Theory]
    [InlineData(OpenId, """{"signals":{"Back-Channel":{"format":"logout_token"}}}""", "signals.Back-Channel must be named with 1 to 40 lower-case letters")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"format":null}}}""", "signals.backchannel.format is missing.")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"format":"carrier_pigeon"}}}""", "signals.backchannel.format must be one of signed_request, logout_token, security_event_token, notification_token.")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"effect":"revoke"}}}""", "signals.backchannel.effect must not be there")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"types":{"revoke":"x"}}}}""", "signals.backchannel.types must not be there; a logout_token is of one type.")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"algorithms":["none"]}}}""", "signals.backchannel.algorithms must be of RS256")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"issuers":["https://{a b}"]}}}""", "signals.backchannel.issuers names {a b}")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"jwksUri":"https://{x}/keys"}}}""", "signals.backchannel.jwksUri names {x}")]
    [InlineData(OpenId, """{"signals":{"backchannel":{"subject":"a..b"}}}""", "signals.backchannel.subject is not a path")]
    [InlineData(OpenId, """{"signals":{"events":{"types":null}}}""", "signals.events.types is missing")]
    [InlineData(OpenId, """{"signals":{"events":{"types":{"delete":"urn:x:revoked"}}}}""", "signals.events.types lists urn:x:revoked twice")]
    [InlineData(OpenId, """{"signals":{"events":{"types":{"explode":"x"}}}}""", "signals.events.types.explode is not a key.")]
    [InlineData(OpenId, """{"signals":{"notes":{"type":"a..b"}}}""", "signals.notes.type is not a path")]
    [InlineData(OpenId, """{"signals":{"notes":{"member":""}}}""", "signals.notes.member is empty")]
    [InlineData(OpenId, """{"claims":{"sub":"id"}}""", "signals.backchannel.subject is missing")]
    [InlineData(OpenId, """{"issuer":null,"jwksUri":"https://x.example/keys"}""", "signals.backchannel.issuers is missing")]
    [InlineData(Plain, """{"signals":{"deletion":{"effect":null}}}""", "signals.deletion.effect is missing")]
    [InlineData(Plain, """{"signals":{"deletion":{"effect":"explode"}}}""", "signals.deletion.effect must be one of none, end_sessions, revoke, delete.")]
    [InlineData(Plain, """{"signals":{"deletion":{"jwksUri":"https://x.example/keys"}}}""", "signals.deletion is a signed_request, which the client secret signs")]
    [InlineData(Plain, """{"signals":{"deletion":{"types":{"revoke":"x"}}}}""", "signals.deletion.types must not be there; a signed_request is of one type.")]
    [InlineData(Plain, """{"signals":{"events":{"issuers":null}}}""", "signals.events.issuers is missing")]
    [InlineData(Plain, """{"signals":{"events":{"algorithms":null}}}""", "signals.events.algorithms must be of RS256")]
    [InlineData(Plain, """{"signals":{"events":{"jwksUri":null}}}""", "signals.events.jwksUri is missing")]
    [InlineData(Plain, """{"signals":{"events":{"subject":null}}}""", "signals.events.subject is missing")]
    public void A_mistake_names_its_key(string definition, string change, string mistake) =>
        Assert.Contains(Mistakes(definition, change), sentence => sentence.StartsWith($"test: {mistake}", StringComparison.Ordinal));

    [Fact]
    public void A_signed_request_alone_makes_no_client_secret_necessary()
    {
        using CatalogFolder catalog = new CatalogFolder().Add("plain", Plain.Replace("\"claims\"", "\"token\": { \"auth\": \"none\" }, \"claims\"", StringComparison.Ordinal));

        Assert.Empty(Setup.Mistakes("plain:ClientId=c", catalog));
        Assert.Empty(Setup.Mistakes("plain:ClientId=c\nplain:ClientSecret=s", catalog));
        Assert.Empty(Setup.Mistakes("plain:ClientId=c\nplain:Definition:Signals:deletion=", catalog));
    }

    [Fact]
    public void A_secret_that_tokens_are_checked_with_is_long_enough()
    {
        using CatalogFolder catalog = new CatalogFolder().Add("shared", OpenId.Replace("\"format\": \"logout_token\"", "\"format\": \"logout_token\", \"algorithms\": \"HS256\"", StringComparison.Ordinal));

        Assert.StartsWith($"{P}shared:ClientSecret is too short", Assert.Single(Setup.Mistakes("shared:ClientId=c\nshared:ClientSecret=short", catalog)), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_fetched_from_safe_addresses_alone()
    {
        using CatalogFolder catalog = new CatalogFolder().Add("unsafe", Plain.Replace("\"jwksUri\": \"https:", "\"jwksUri\": \"http:", StringComparison.Ordinal));

        Assert.Contains("signals.events.jwksUri must begin with https://", Assert.Single(Setup.Mistakes("unsafe:ClientId=c\nunsafe:ClientSecret=s", catalog)), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_alone_describe_one()
    {
        Provider provider = Setup.Provider(
            "acme:ClientId=c\nacme:ClientSecret=s\nacme:Definition:Issuer=https://acme.example\nacme:Definition:Signals:risc:Format=security_event_token\n"
            + "acme:Definition:Signals:risc:Types:End_Sessions=urn:a urn:b\nacme:Definition:Signals:risc:Types:Delete=urn:c");

        SignalDefinition signal = provider.Definition.Signals["risc"];
        Assert.Equal([SignalEffect.EndSessions, SignalEffect.EndSessions, SignalEffect.Delete], signal.Types.All().Select(type => type.Effect));
        Assert.Equal(SignalEffect.Delete, signal.Types.EffectOf("urn:c"));
        Assert.Null(signal.Types.EffectOf("urn:d"));
        Assert.Equal(("payload", "type", null), (signal.Member, signal.Type, signal.Subject));
    }

    private static IReadOnlyList<string> Mistakes(string definition, string change)
    {
        JsonObject json = JsonNode.Parse(definition)!.AsObject();
        Merge(json, JsonNode.Parse(change)!.AsObject());
        DefinitionReading reading = ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "test");
        return reading.Definition is { } read ? [.. new DefinitionValidator(read, Setup.Words).Mistakes().Select(mistake => mistake.In("test"))] : reading.Mistakes;
    }

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach ((string name, JsonNode? value) in change.ToArray())
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inside && target[name] is JsonObject known)
            {
                Merge(known, inside);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
