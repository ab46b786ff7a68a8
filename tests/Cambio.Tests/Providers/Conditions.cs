using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>A condition holds of a value, or does not apply to the operator's settings.</summary>
public sealed class Conditions
{
    private static readonly JsonTypeInfo<ConditionDefinition> Json =
        (JsonTypeInfo<ConditionDefinition>)DefinitionJson.Default.GetTypeInfo(typeof(ConditionDefinition))!;

    [Theory]
    [InlineData("""{"path":"role","equalTo":"admin"}""", true)]
    [InlineData("""{"path":"role","equalTo":"Admin"}""", false)]
    [InlineData("""{"path":"count","equalTo":"5"}""", true)]
    [InlineData("""{"path":"on","equalTo":"true"}""", true)]
    [InlineData("""{"path":"app","equalTo":"{client_id}"}""", true)]
    [InlineData("""{"path":"role","equalTo":"{client_id}"}""", false)]
    [InlineData("""{"path":"nothing","equalTo":"{nothing}"}""", false)]
    [InlineData("""{"path":"nothing","equalTo":""}""", false)]
    [InlineData("""{"path":"role","notEqualTo":"guest"}""", true)]
    [InlineData("""{"path":"role","notEqualTo":"admin"}""", false)]
    [InlineData("""{"path":"nothing","notEqualTo":"guest"}""", false)]
    [InlineData("""{"path":"role","oneOf":["guest","admin"]}""", true)]
    [InlineData("""{"path":"role","oneOf":"guest"}""", false)]
    [InlineData("""{"path":"nothing","oneOf":"guest"}""", false)]
    [InlineData("""{"path":"role","matches":"[a-z]+"}""", true)]
    [InlineData("""{"path":"role","matches":"a"}""", false)]
    [InlineData("""{"path":"role","matches":"x|admin"}""", true)]
    [InlineData("""{"path":"lines","matches":"a"}""", false)]
    [InlineData("""{"path":"nothing","matches":".*"}""", false)]
    [InlineData("""{"path":"role","present":true}""", true)]
    [InlineData("""{"path":"role","present":false}""", false)]
    [InlineData("""{"path":"nothing","present":true}""", false)]
    [InlineData("""{"path":"nothing","present":false}""", true)]
    [InlineData("""{"path":"none","present":true}""", false)]
    [InlineData("""{"path":"off","present":true}""", false)]
    [InlineData("""{"path":"zero","present":true}""", false)]
    [InlineData("""{"path":"empty","present":true}""", false)]
    [InlineData("""{"path":"list","present":true}""", false)]
    [InlineData("""{"path":"org","present":true}""", true)]
    [InlineData("""{"path":"role","equalTo":"admin","matches":"[0-9]+"}""", false)]
    [InlineData("""{"path":"role","equalTo":"admin","oneOf":"admin","present":true}""", true)]
    [InlineData("""{"path":"org","equalTo":"x"}""", false)]
    public void All_parts_must_hold(string condition, bool holds)
    {
        using JsonDocument answer = JsonDocument.Parse("""
            {"role":"admin","count":5,"on":true,"off":false,"zero":0,"empty":"","none":null,"list":[],"org":{"id":1},"app":"us","lines":"a\n"}
            """);
        Assert.Equal(holds, Read(condition).Holds(Templates.Scope().WithRoot(answer.RootElement)));
    }

    [Theory]
    [InlineData("""{"path":"x","present":true,"variable":"tenant","is":["a/b","c"]}""", false)]
    [InlineData("""{"path":"x","present":true,"variable":"tenant","is":"c"}""", true)]
    [InlineData("""{"path":"x","present":true,"variable":"tenant","isNot":"a/b"}""", true)]
    [InlineData("""{"path":"x","present":true,"variable":"tenant","isNot":"c"}""", false)]
    [InlineData("""{"path":"x","present":true,"variable":"other","is":"c"}""", true)]
    public void What_does_not_apply_holds(string condition, bool holds) => Assert.Equal(holds, Read(condition).Holds(Templates.Scope()));

    private static ConditionDefinition Read(string json) => JsonSerializer.Deserialize(json, Json)!;
}
