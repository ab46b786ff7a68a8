using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;

namespace Cambio.Tests.AspNetCore;

public sealed class ExchangeAnswerTests
{
    [Fact]
    public async Task A_success_has_the_members_of_the_contract_in_their_order()
    {
        Account account = TokenRoom.Ada with
        {
            GivenName = "Ada",
            FamilyName = "Lovelace",
            EmailVerified = false,
            Picture = "https://cdn.example.com/ada.png",
            Locale = "en-GB",
            Profile = "https://acme.example/ada",
            Edited = "name",
            ProfileSource = "acme",
        };

        Assert.Equal(
            """{"access_token":"at","token_type":"Bearer","expires_in":900,"refresh_token":"rt","is_new_user":true,"user":{"id":"u-ada","preferred_username":"ada","name":"Ada Lovelace","given_name":"Ada","family_name":"Lovelace","email":"ada@example.com","email_verified":false,"picture":"https://cdn.example.com/ada.png","locale":"en-GB","profile":"https://acme.example/ada"},"login":{"provider":"acme","subject":"42"}}""",
            await WriteAsync(account, "rt"));
    }

    [Fact]
    public async Task Absent_values_are_left_out()
    {
        var account = new Account { User = new UserRef("u"), CreatedAt = TokenRoom.Start };

        Assert.Equal(
            """{"access_token":"at","token_type":"Bearer","expires_in":900,"is_new_user":true,"user":{"id":"u"},"login":{"provider":"acme","subject":"42"}}""",
            await WriteAsync(account, null));
    }

    private static async Task<string> WriteAsync(Account account, string? refreshToken)
    {
        var result = new ExchangeResult
        {
            Token = new IssuedToken("at", TimeSpan.FromMinutes(15), refreshToken, "s"),
            IsNewUser = true,
            Account = account,
            Provider = "acme",
            Subject = "42",
        };
        await using DoorHost host = await DoorHost.StartAsync(map: app => app.MapGet("/answer", () => ExchangeAnswer.Of(result)));

        HttpResponseMessage answer = await host.GetAsync("/answer");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Answer.AssertNotKept(answer);
        return await answer.Content.ReadAsStringAsync();
    }
}
