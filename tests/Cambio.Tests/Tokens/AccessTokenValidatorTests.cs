using System.Security.Cryptography;
using System.Text;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class AccessTokenValidatorTests
{
    /// <summary>Each takes away one thing that makes a token ours.</summary>
    public static TheoryData<string> Forgeries =>
        ["wrong type", "no type", "wrong issuer", "wrong audience", "no audience", "no expiry", "expired", "not yet", "other key", "other key id", "no key id", "none", "HS256", "tampered"];

    [Fact]
    public async Task Accepts_a_token_of_ours()
    {
        using var room = new TokenRoom();

        TokenValidationResult result = await room.ValidateAsync((await room.SignInAsync()).AccessToken);

        Assert.True(result.IsValid);
        Assert.Equal("u-ada", result.ClaimsIdentity.FindFirst("sub")?.Value);
        Assert.True(result.ClaimsIdentity.IsAuthenticated);
    }

    [Fact]
    public async Task Accepts_a_token_of_another_instance_on_the_same_store()
    {
        var protection = new EphemeralDataProtectionProvider();
        using var one = new TokenRoom(protection: protection);
        using var other = new TokenRoom(store: one.Store, protection: protection, time: one.Time);

        Assert.True((await other.ValidateAsync((await one.SignInAsync()).AccessToken)).IsValid);
    }

    [Fact]
    public async Task Accepts_old_and_new_tokens_across_a_rotation()
    {
        using var room = new TokenRoom(configure: options => options.Tokens.AccessTokenLifetime = TimeSpan.FromDays(1));
        room.Time.Advance(TimeSpan.FromDays(90) - TimeSpan.FromMinutes(30));
        await room.Ring.RefreshAsync(CancellationToken.None);
        string before = (await room.SignInAsync()).AccessToken;

        room.Time.Advance(TimeSpan.FromHours(2));
        await room.Ring.RefreshAsync(CancellationToken.None);
        string after = (await room.SignInAsync()).AccessToken;

        Assert.True((await room.ValidateAsync(before)).IsValid);
        Assert.True((await room.ValidateAsync(after)).IsValid);
    }

    [Theory]
    [InlineData(899, true)]
    [InlineData(909, true)]
    [InlineData(910, false)]
    public async Task Expiry_counts_with_ten_seconds_for_clocks(int seconds, bool valid)
    {
        using var room = new TokenRoom();
        string token = (await room.SignInAsync()).AccessToken;

        room.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(valid, (await room.ValidateAsync(token)).IsValid);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Refuses_a_forged_token(string forgery)
    {
        using var room = new TokenRoom();
        SigningKey key = (await room.Ring.GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);
        Assert.True((await room.ValidateAsync(Forge(key, "nothing"))).IsValid);

        Assert.False((await room.ValidateAsync(Forge(key, forgery))).IsValid);
    }

    /// <summary>What a key of one algorithm must not verify, whatever a token's header says (RFC 8725 2.1, 3.1).</summary>
    public static TheoryData<string, string> Confusions => new()
    {
        { "ES256", "header says RS256" },
        { "ES256", "RSA key of another" },
        { "ES256", "HS256 with the public key" },
        { "ES256", "none" },
        { "ES256", "ES256 as der" },
        { "RS256", "header says ES256" },
        { "RS256", "PS256 by the same key" },
        { "RS256", "RS384 by the same key" },
        { "RS256", "RS512 by the same key" },
        { "RS256", "EC key of another" },
        { "RS256", "HS256 with the public key" },
        { "RS256", "none" },
    };

    [Theory]
    [MemberData(nameof(Confusions))]
    public async Task A_key_verifies_with_its_own_algorithm_only(string algorithm, string confusion)
    {
        using var room = new TokenRoom(configure: options => options.Tokens.SigningAlgorithm = Enum.Parse<SigningAlgorithm>(algorithm));
        SigningKey key = (await room.Ring.GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);
        Assert.Equal(algorithm, key.Algorithm);
        Assert.True((await room.ValidateAsync(Forge(key, "nothing"))).IsValid);

        Assert.False((await room.ValidateAsync(Confuse(key, confusion))).IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("e30.e30.e30")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImtpZCI6MX0.e30.AA")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImtpZCI6bnVsbH0.e30.AA")]
    [InlineData("bnVsbA.bnVsbA.AA")]
    [InlineData("W10.W10.AA")]
    [InlineData("eyJhbGciOi.e30.AA")]
    [InlineData("é.ü.ß")]
    public async Task Refuses_what_is_no_token_without_an_exception(string text)
    {
        using var room = new TokenRoom();

        Assert.False((await room.ValidateAsync(text)).IsValid);
    }

    [Fact]
    public async Task Refuses_any_change_of_a_token_without_an_exception()
    {
        using var room = new TokenRoom();
        string token = (await room.SignInAsync()).AccessToken;
        var chance = new Random(20260517);

        for (int i = 0; i < 300; i++)
        {
            char[] changed = token.ToCharArray();
            int position = chance.Next(changed.Length);
            changed[position] = changed[position] == '.' ? '_' : (char)chance.Next(0x21, 0x7F) is var c && c == changed[position] ? '!' : c;
            string text = new(changed);

            // The last character of a part carries bits that no byte needs; two spellings of the same bytes are the same token.
            if (!SameBytes(text, token))
            {
                Assert.False((await room.ValidateAsync(text)).IsValid, text);
            }
        }

        for (int length = 0; length < token.Length; length += 7)
        {
            Assert.False((await room.ValidateAsync(token[..length])).IsValid);
        }
    }

    private static bool SameBytes(string one, string other)
    {
        try
        {
            return one.Split('.').Select(Base64UrlEncoder.DecodeBytes).SelectMany(static part => part)
                .SequenceEqual(other.Split('.').Select(Base64UrlEncoder.DecodeBytes).SelectMany(static part => part));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    internal static string Forge(SigningKey key, string forgery)
    {
        DateTime now = TokenRoom.Start.UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            TokenType = forgery == "wrong type" ? "JWT" : "at+jwt",
            Issuer = forgery == "wrong issuer" ? "https://evil.example" : TokenRoom.Issuer,
            Audience = forgery switch { "wrong audience" => "https://other.example", "no audience" => null, _ => TokenRoom.Issuer },
            IssuedAt = now,
            NotBefore = forgery == "not yet" ? now.AddMinutes(1) : null,
            Expires = forgery switch { "no expiry" => null, "expired" => now.AddMinutes(-1), _ => now.AddMinutes(5) },
            Claims = new Dictionary<string, object> { ["sub"] = "u-eve" },
            SigningCredentials = forgery switch
            {
                "other key" => Credentials(ECDsa.Create(ECCurve.NamedCurves.nistP256), key.Id),
                "other key id" => Credentials(EcOf(key), "invented"),
                "no key id" => Credentials(EcOf(key), null),
                "HS256" => new SigningCredentials(
                    new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key.Public.X + key.Public.Y)) { KeyId = key.Id }, SecurityAlgorithms.HmacSha256),
                _ => key.Credentials,
            },
        };
        string text = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
        string[] parts = text.Split('.');
        return forgery switch
        {
            "none" => $"{Encode($$"""{"alg":"none","typ":"at+jwt","kid":"{{key.Id}}"}""")}.{parts[1]}.",
            "no type" => Sign(key, Encode($$"""{"alg":"ES256","kid":"{{key.Id}}"}"""), parts[1]),
            "tampered" => $"{parts[0]}.{Encode(Decode(parts[1]).Replace("u-eve", "u-ada", StringComparison.Ordinal))}.{parts[2]}",
            _ => text,
        };
    }

    private static string Confuse(SigningKey key, string confusion)
    {
        string payload = Forge(key, "nothing").Split('.')[1];
        string Input(string algorithm) => $"{Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{key.Id}}"}""")}.{payload}";
        string Signed(string algorithm, Func<byte[], byte[]> sign) =>
            $"{Input(algorithm)}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(Input(algorithm))))}";
        byte[] SignOwn(byte[] data) => key.Security is RsaSecurityKey rsa
            ? rsa.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : EcOf(key).SignData(data, HashAlgorithmName.SHA256);
        byte[] SignRsa(byte[] data, HashAlgorithmName hash, RSASignaturePadding padding) => ((RsaSecurityKey)key.Security).Rsa.SignData(data, hash, padding);
        using ECDsa otherEc = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using RSA otherRsa = RSA.Create(2048);
        return confusion switch
        {
            "header says RS256" => Signed("RS256", SignOwn),
            "header says ES256" => Signed("ES256", SignOwn),
            "RSA key of another" => Signed("RS256", data => otherRsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            "EC key of another" => Signed("ES256", data => otherEc.SignData(data, HashAlgorithmName.SHA256)),
            "ES256 as der" => Signed("ES256", data => EcOf(key).SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            "PS256 by the same key" => Signed("PS256", data => SignRsa(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            "RS384 by the same key" => Signed("RS384", data => SignRsa(data, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
            "RS512 by the same key" => Signed("RS512", data => SignRsa(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
            "HS256 with the public key" => Signed("HS256", data => HMACSHA256.HashData(PublicPem(key), data)),
            _ => $"{Input("none")}.",
        };
    }

    private static byte[] PublicPem(SigningKey key) => Encoding.ASCII.GetBytes(
        key.Security is RsaSecurityKey rsa ? rsa.Rsa.ExportSubjectPublicKeyInfoPem() : EcOf(key).ExportSubjectPublicKeyInfoPem());

    private static ECDsa EcOf(SigningKey key) => ((ECDsaSecurityKey)key.Security).ECDsa;

    private static SigningCredentials Credentials(ECDsa key, string? id) => new(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);

    private static string Sign(SigningKey key, string header, string payload) =>
        $"{header}.{payload}.{Base64UrlEncoder.Encode(EcOf(key).SignData(Encoding.ASCII.GetBytes($"{header}.{payload}"), HashAlgorithmName.SHA256))}";

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);

    private static string Decode(string text) => Base64UrlEncoder.Decode(text);
}
