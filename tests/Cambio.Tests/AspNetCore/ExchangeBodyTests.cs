using System.Text;
using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Credentials;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.AspNetCore;

public sealed class ExchangeBodyTests
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData(Json, """{"access_token":"t"}""")]
    [InlineData("application/json; charset=utf-8", """{"access_token":"t"}""")]
    [InlineData("Application/JSON; charset=\"UTF-8\"", """  {"access_token":"t"}  """)]
    [InlineData(Json, """{"access_token":"t","state":7,"device":{"a":[1,null]},"scope":null}""")]
    [InlineData(Json, """{"access\u005ftoken":"\u0074"}""")]
    [InlineData(Form, "access_token=t")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8", "access_token=t&state=&x")]
    [InlineData(Form, "&access%5Ftoken=%74&")]
    public async Task Reads_an_access_token(string contentType, string body) =>
        Assert.Equal(new AccessToken("t"), await ReadAsync(contentType, body));

    [Theory]
    [InlineData(Json, """{"id_token":"a.b.c","nonce":"n","user":"{\"name\":{\"firstName\":\"Ada\"}}"}""")]
    [InlineData(Json, """{"id_token":"a.b.c","nonce":"n","user":{"name":{"firstName":"Ada"}}}""")]
    [InlineData(Form, "id_token=a.b.c&nonce=n&user=%7B%22name%22%3A%7B%22firstName%22%3A%22Ada%22%7D%7D")]
    public async Task Reads_an_id_token_with_nonce_and_the_users_own_json(string contentType, string body) =>
        Assert.Equal(new IdToken("a.b.c", "n") { User = """{"name":{"firstName":"Ada"}}""" }, await ReadAsync(contentType, body));

    [Theory]
    [InlineData(Json, """{"code":"c/1","redirect_uri":"https://app.example.com/cb","code_verifier":"v","nonce":"n","user":{}}""")]
    [InlineData(Form, "code=c%2F1&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&code_verifier=v&nonce=n&user={}")]
    public async Task Reads_a_code_with_all_that_belongs_to_it(string contentType, string body) => Assert.Equal(
        new AuthorizationCode("c/1", "https://app.example.com/cb", "v") { Nonce = "n", User = "{}" }, await ReadAsync(contentType, body));

    [Theory]
    [InlineData(Json, """{"code":"c","device_id":"d 1","deep":{"x":1},"state":"s"}""")]
    [InlineData(Form, "code=c&device_id=d+1&state=s")]
    public async Task Keeps_what_else_stood_on_the_callback(string contentType, string body)
    {
        AuthorizationCode code = Assert.IsType<AuthorizationCode>(await ReadAsync(contentType, body));

        Assert.Equal(new Dictionary<string, string> { ["device_id"] = "d 1", ["state"] = "s" }, code.Callback);
    }

    [Theory]
    [InlineData(Json, """{"ticket":"t","email":"ada@example.com","given_name":"Zoë","empty":""}""")]
    [InlineData(Form, "ticket=t&email=ada%40example.com&given_name=Zo%C3%AB&empty=")]
    public async Task Reads_a_ticket_and_the_answers_beside_it(string contentType, string body)
    {
        ExchangeTicket ticket = Assert.IsType<ExchangeTicket>(await ReadAsync(contentType, body));

        Assert.Equal("t", ticket.Value);
        Assert.Equal(
            new Dictionary<string, string> { ["email"] = "ada@example.com", ["given_name"] = "Zoë", ["empty"] = "" }, ticket.Answers);
    }

    [Theory]
    [InlineData(Json, """{"link_code":"l","code_verifier":"v","state":"s"}""")]
    [InlineData(Form, "link_code=l&code_verifier=v&state=s")]
    public async Task Reads_a_link_code_and_its_verifier(string contentType, string body) =>
        Assert.Equal(new LinkCode("l", "v"), await ReadAsync(contentType, body));

    [Fact]
    public async Task Refuses_a_link_code_without_its_verifier() =>
        Assert.StartsWith("code_verifier is missing", (await RefusesAsync(Json, """{"link_code":"l"}""")).Description, StringComparison.Ordinal);

    public static TheoryData<string> NotJson =>
    [
        "", " ", "null", "[]", "\"x\"", "1", "true", "NaN", "{", "}", "{}x", "{}{}", "\uFEFF{\"access_token\":\"t\"}",
        """{"access_token":"t",}""", """{"access_token":"t"/*x*/}""", """// x""", "{'access_token':'t'}", "{access_token:\"t\"}",
        """{"access_token":"t","access_token":"t"}""",
        """{"access_token":"t","Access_Token":"t"}""",
        """{"access_token":"t","access\u005ftoken":"u"}""",
        """{"access_token":"t","x":{"a":1,"a":2}}""",
        """{"access_token":"t","x":[[[[[[[[1]]]]]]]]}""",
        "{\"access_token\":\"a\nb\"}", "{\"access_token\":\"a\0b\"}",
        """{"access_token":"\ud800"}""", """{"access_token":"t","\ud800":"x"}""", """{"access_token":"t","x":"\udc00\ud800"}""",
        """{"access_token":"\x41"}""",
    ];

    [Theory]
    [MemberData(nameof(NotJson))]
    public Task Refuses_what_is_not_one_json_object(string body) => RefusesAsync(Json, body);

    [Theory]
    [InlineData("access_token=t&access_token=t")]
    [InlineData("access_token=t&Access_Token=t")]
    [InlineData("access_token=t&access%5Ftoken=u")]
    [InlineData("access_token=%")]
    [InlineData("access_token=%4")]
    [InlineData("access_token=%zz")]
    [InlineData("access_token=%FF")]
    [InlineData("access_token=%C0%80")]
    [InlineData("access_token=t&x=%ED%A0%80")]
    [InlineData("access_token=t&%FF=x")]
    [InlineData("")]
    [InlineData("access_token")]
    [InlineData("access_token=")]
    [InlineData("{\"access_token\":\"t\"}")]
    public Task Refuses_a_form_that_is_broken_or_says_something_twice(string body) => RefusesAsync(Form, body);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"accessToken":"t"}""")]
    [InlineData("""{"Access_Token":"t"}""")]
    [InlineData("""{"access_token":"t","code":"c"}""")]
    [InlineData("""{"access_token":"t","id_token":"i"}""")]
    [InlineData("""{"code":"c","id_token":"i"}""")]
    [InlineData("""{"ticket":"t","code":"c"}""")]
    [InlineData("""{"ticket":"t","link_code":"l","code_verifier":"v"}""")]
    [InlineData("""{"link_code":"l","code":"c","code_verifier":"v"}""")]
    [InlineData("""{"access_token":"t","id_token":"i","code":"c","ticket":"x"}""")]
    public async Task Refuses_none_and_several_credentials(string body) =>
        Assert.Equal("Send exactly one of access_token, id_token, code, ticket and link_code.", (await RefusesAsync(Json, body)).Description);

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"t\"]")]
    [InlineData("{\"t\":1}")]
    public async Task Refuses_a_known_member_that_is_no_string(string value)
    {
        foreach (string name in (string[])["access_token", "id_token", "code", "ticket"])
        {
            Assert.Equal($"{name} must be a string.", (await RefusesAsync(Json, $$"""{"{{name}}":{{value}}}""")).Description);
        }

        foreach (string name in (string[])["redirect_uri", "code_verifier", "nonce"])
        {
            Assert.Equal($"{name} must be a string.", (await RefusesAsync(Json, $$"""{"code":"c","{{name}}":{{value}}}""")).Description);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\\t\\r\\n")]
    [InlineData("\\u00a0")]
    public async Task Refuses_a_known_member_that_is_blank(string value)
    {
        foreach (ExchangeMember known in ExchangeMember.All)
        {
            string beside = known.BelongsTo.Length == 0 ? "" : "\"code\":\"c\",";
            ExchangeError error = await RefusesAsync(Json, $$"""{{{beside}}"{{known.Name}}":"{{value}}"}""");
            Assert.Equal($"{known.Name} is empty: give it a value or leave it out.", error.Description);
        }
    }

    public static TheoryData<int> BadCharacters => [.. Enumerable.Range(0, 0x21), 0x7F, 0x80, 0x85, 0xA0, 0xE9, 0x2028, 0x2029, 0xFEFF, 0xFFFD, 0xFFFF];

    [Theory]
    [MemberData(nameof(BadCharacters))]
    public async Task Refuses_a_character_that_no_credential_has(int character)
    {
        string value = $"a\\u{character:x4}b";
        foreach (string name in (string[])["access_token", "id_token", "code", "ticket"])
        {
            await RefusesAsync(Json, $$"""{"{{name}}":"{{value}}"}""");
            await RefusesAsync(Form, $"{name}=a{Uri.EscapeDataString(((char)character).ToString())}b");
        }

        foreach (string name in (string[])["redirect_uri", "code_verifier", "nonce"])
        {
            await RefusesAsync(Json, $$"""{"code":"c","{{name}}":"{{value}}"}""");
        }
    }

    [Theory]
    [InlineData("access_token", 16)]
    [InlineData("code", 8)]
    [InlineData("id_token", 32)]
    [InlineData("ticket", 32)]
    public async Task Refuses_a_credential_that_is_too_long_and_says_how_long_it_may_be(string name, int kib)
    {
        await ReadAsync(Json, $$"""{"{{name}}":"{{new string('a', kib * 1024)}}"}""");

        ExchangeError error = await RefusesAsync(Json, $$"""{"{{name}}":"{{new string('a', (kib * 1024) + 1)}}"}""");

        Assert.Equal($"{name} is longer than {kib * 1024} characters.", error.Description);
    }

    [Theory]
    [InlineData("access_token", "redirect_uri")]
    [InlineData("access_token", "code_verifier")]
    [InlineData("access_token", "nonce")]
    [InlineData("access_token", "user")]
    [InlineData("id_token", "redirect_uri")]
    [InlineData("id_token", "code_verifier")]
    [InlineData("ticket", "redirect_uri")]
    [InlineData("ticket", "code_verifier")]
    [InlineData("ticket", "nonce")]
    [InlineData("ticket", "user")]
    public async Task Refuses_what_does_not_belong_to_the_credential(string credential, string stray)
    {
        ExchangeError error = await RefusesAsync(Json, $$"""{"{{credential}}":"t","{{stray}}":"{}"}""");

        Assert.Equal($"{stray} does not belong to {credential}: leave it out.", error.Description);
    }

    [Theory]
    [InlineData("\"Ada\"")]
    [InlineData("\"[]\"")]
    [InlineData("\"null\"")]
    [InlineData("\"{\"")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}""")]
    [InlineData("\"{\\\"a\\\":1,\\\"a\\\":2}\"")]
    [InlineData("[]")]
    [InlineData("7")]
    public Task Refuses_a_user_that_is_no_json_object(string user) => RefusesAsync(Json, $$"""{"id_token":"t","user":{{user}}}""");

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"a\\u2028b\"")]
    public Task Refuses_an_answer_beside_a_ticket_that_is_no_plain_text(string answer) =>
        RefusesAsync(Json, $$"""{"ticket":"t","email":{{answer}}}""");

    [Fact]
    public async Task Refuses_answers_that_are_too_long_or_too_many()
    {
        await RefusesAsync(Json, $$"""{"ticket":"t","email":"{{new string('a', 1025)}}"}""");
        await RefusesAsync(Json, $$"""{"ticket":"t",{{string.Join(',', Enumerable.Range(0, 100).Select(static i => $"\"m{i}\":\"\""))}}}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/xml")]
    [InlineData("application/problem+json")]
    [InlineData("application/jsonp")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1")]
    [InlineData("*/*")]
    [InlineData(";")]
    public async Task Refuses_other_content_types_unread(string? contentType)
    {
        HttpRequest request = Request(contentType, new ThrowingStream());

        Result<Credential> result = await ExchangeBody.ReadAsync(request, CancellationToken.None);

        Assert.Equal((415, ErrorCodes.InvalidRequest), (ErrorStatus.Of(result.Error!), result.Error!.Code));
    }

    [Fact]
    public async Task Refuses_an_encoded_body()
    {
        HttpRequest request = Request(Json, new ThrowingStream());
        request.Headers.ContentEncoding = "gzip";

        Assert.Equal(415, ErrorStatus.Of((await ExchangeBody.ReadAsync(request, CancellationToken.None)).Error!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_more_than_64_KiB_whether_it_is_told_or_not(bool told)
    {
        const string Frame = """{"access_token":"t","x":""}""";
        string body = Frame.Insert(Frame.Length - 2, new string('a', RequestBody.Longest - Frame.Length));

        await ReadAsync(Json, body, told);
        ExchangeError error = await RefusesAsync(Json, body + " ", told);

        Assert.Equal(413, ErrorStatus.Of(error));
        Assert.Equal(ErrorCodes.InvalidRequest, error.Code);
    }

    [Fact]
    public async Task Stops_reading_a_body_that_never_ends()
    {
        var endless = new EndlessStream();

        Result<Credential> result = await ExchangeBody.ReadAsync(Request(Json, endless), CancellationToken.None);

        Assert.Equal(413, ErrorStatus.Of(result.Error!));
        Assert.InRange(endless.BytesRead, RequestBody.Longest, 3 * RequestBody.Longest);
    }

    [Theory]
    [InlineData("?access_token=t")]
    [InlineData("?id_token=t")]
    [InlineData("?code=t")]
    [InlineData("?ACCESS_TOKEN=t")]
    [InlineData("?x=1&code_verifier=")]
    [InlineData("?refresh_token=t")]
    [InlineData("?link_code=t")]
    public async Task Refuses_a_credential_in_the_query_string_whatever_the_body_holds(string query)
    {
        HttpRequest request = Request(Json, new ThrowingStream());
        request.QueryString = new QueryString(query);

        Result<Credential> result = await ExchangeBody.ReadAsync(request, CancellationToken.None);

        Assert.Equal(400, ErrorStatus.Of(result.Error!));
        Assert.Contains("query string", result.Error!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_string_without_a_credential_does_not_matter()
    {
        HttpRequest request = Request(Json, new MemoryStream("""{"access_token":"t"}"""u8.ToArray()));
        request.QueryString = new QueryString("?utm_source=x");

        Assert.True((await ExchangeBody.ReadAsync(request, CancellationToken.None)).IsSuccess);
    }

    [Fact]
    public async Task Whatever_bytes_come_the_answer_is_a_credential_or_a_refusal_that_says_nothing_of_them()
    {
        var chance = new Random(20260517);
        string[] seeds =
        [
            """{"access_token":"t","x":[1,{"y":"z"}]}""", """{"id_token":"a.b.c","nonce":"n","user":{"name":"ÄÖ"}}""",
            "code=c&redirect_uri=https%3A%2F%2Fapp.example.com&code_verifier=v", "ticket=t&email=a%40b",
        ];
        for (int i = 0; i < 4000; i++)
        {
            byte[] body = Encoding.UTF8.GetBytes(seeds[chance.Next(seeds.Length)]);
            for (int changes = chance.Next(1, 6); changes > 0; changes--)
            {
                body[chance.Next(body.Length)] = (byte)chance.Next(256);
            }

            Result<Credential> result = await ExchangeBody.ReadAsync(Request(i % 2 == 0 ? Json : Form, new MemoryStream(body)), CancellationToken.None);

            if (!result.IsSuccess)
            {
                Assert.Equal((400, ErrorCodes.InvalidRequest), (ErrorStatus.Of(result.Error), result.Error.Code));
                Assert.All(result.Error.Description, static c => Assert.InRange(c, ' ', '~'));
            }
        }
    }

    private static async Task<Credential> ReadAsync(string contentType, string body, bool told = true)
    {
        Result<Credential> result = await ExchangeBody.ReadAsync(Request(contentType, body, told), CancellationToken.None);
        Assert.True(result.IsSuccess, result.Error?.Description);
        return result.Value;
    }

    private static async Task<ExchangeError> RefusesAsync(string contentType, string body, bool told = true)
    {
        Result<Credential> result = await ExchangeBody.ReadAsync(Request(contentType, body, told), CancellationToken.None);
        Assert.False(result.IsSuccess);
        Assert.Equal(ErrorCodes.InvalidRequest, result.Error.Code);
        return result.Error;
    }

    private static HttpRequest Request(string contentType, string body, bool told)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        HttpRequest request = Request(contentType, new MemoryStream(bytes));
        request.ContentLength = told ? bytes.Length : null;
        return request;
    }

    private static HttpRequest Request(string? contentType, Stream body)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = contentType;
        request.Body = body;
        return request;
    }

    private class ThrowingStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("The body was read.");

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class EndlessStream : ThrowingStream
    {
        public int BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            BytesRead += count;
            return count;
        }
    }
}
