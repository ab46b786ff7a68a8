using Cambio.Credentials;

namespace Cambio.Tests.Credentials;

public sealed class IdTokenFormTests : IdTokenRoom
{
    private static readonly Dictionary<string, Func<string, string>> Mutilated = new()
    {
        ["no signature"] = token => token[..(token.LastIndexOf('.') + 1)],
        ["two parts"] = token => token[..token.LastIndexOf('.')],
        ["one part"] = token => token.Split('.')[0],
        ["four parts"] = token => $"{token}.x",
        ["six parts"] = token => $"{token}.x.y.z",
        ["dots"] = _ => new string('.', 30_000),
        ["a dot in front"] = token => $".{token}",
        ["doubled dots"] = token => token.Replace(".", "..", StringComparison.Ordinal),
        ["detached payload"] = token => $"{token.Split('.')[0]}..{token.Split('.')[2]}",
        ["JSON serialization"] = token =>
            $$"""{"payload":"{{token.Split('.')[1]}}","protected":"{{token.Split('.')[0]}}","signature":"{{token.Split('.')[2]}}"}""",
        ["nested token"] = token => $"{token.Split('.')[0]}.{TestKey.Encode(token)}.{token.Split('.')[2]}",
        ["padding"] = token => $"{token}=",
        ["more padding"] = token => $"{token}==",
        ["a blank behind"] = token => $"{token} ",
        ["a blank in front"] = token => $" {token}",
        ["a line feed behind"] = token => $"{token}\n",
        ["a line feed inside"] = token => token.Insert(token.Length - 5, "\n"),
        ["plus"] = token => token.Insert(token.Length - 5, "+"),
        ["slash"] = token => token.Insert(token.Length - 5, "/"),
        ["not ASCII"] = token => token.Insert(token.Length - 5, "\u00e9"),
        ["bits left over"] = token => token[..^1] + (char)(token[^1] + 1),
        ["a length that no bytes have"] = token => $"{token}AAA",
        ["nothing"] = _ => "",
    };

    public static TheoryData<string> Mutilations => [.. Mutilated.Keys];

    [Theory]
    [MemberData(nameof(Mutilations))]
    public async Task Refuses_everything_that_is_not_a_compact_JWS_of_three_parts(string mutilation) =>
        await RefusedAsync(Mutilated[mutilation](Key.Sign(Claims)), "id_token_malformed");

    [Theory]
    [InlineData("""{"sub":"a","sub":"b"}""")]
    [InlineData("""{"aud":"our-client","aud":"other"}""")]
    [InlineData("""{"iss":"https://id.example","\u0069ss":"x"}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{")]
    [InlineData("[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]")]
    public async Task Refuses_a_payload_that_two_readers_could_read_differently(string payload) =>
        await RefusedAsync(Key.Sign(payload), "id_token_malformed");

    [Fact]
    public async Task Refuses_a_payload_that_is_not_UTF_8()
    {
        string signed = $"{TestKey.Encode("""{"alg":"RS256"}""")}.{TestKey.Encode([.. "{\"sub\":\""u8, 0xFF, .. "\"}"u8])}";

        await RefusedAsync($"{signed}.AAAA", "id_token_malformed");
    }

    [Fact]
    public async Task Refuses_a_signature_over_something_else()
    {
        string[] one = Key.Sign(Claims).Split('.');
        string[] other = Key.Sign(With(Claims, "sub", "\"victim\"")).Split('.');

        await RefusedAsync($"{one[0]}.{other[1]}.{one[2]}", "id_token_signature");
    }

    [Fact]
    public async Task Judges_a_token_of_16_KiB_and_refuses_one_of_250_KiB_by_its_length()
    {
        Assert.Null((await VerifyAsync(Key.Sign(With(Claims, "groups", $"\"{new string('g', 12_000)}\"")))).Error);

        Result<Authorization> result = await VerifyAsync(Key.Sign(With(Claims, "groups", $"\"{new string('g', 190_000)}\"")));

        Assert.Equal(ErrorCodes.InvalidRequest, result.Error!.Code);
    }
}
