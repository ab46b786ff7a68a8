using System.Collections.ObjectModel;
using Cambio.Credentials;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads the credential of an exchange. Whatever comes, the answer is a credential or a refusal that says what to mend.</summary>
internal static class ExchangeBody
{
    private const int LongestAnswer = 1024;

    private static readonly ExchangeError NotOne = ExchangeError.InvalidRequest("Send exactly one of access_token, id_token, code, ticket and link_code.");

    private static readonly ExchangeError NoVerifier = ExchangeError.InvalidRequest(
        "code_verifier is missing: send the one whose code_challenge began the link.");

    private static readonly ExchangeError BadAnswer = ExchangeError.InvalidRequest(
        $"What is sent beside a ticket must be strings of up to {LongestAnswer} characters without control characters.");

    public static async Task<Result<Credential>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryCredential.In(request) is { } refusal)
        {
            return refusal;
        }

        Result<MemberSet> members = await RequestBody.ReadJsonOrFormAsync(request, cancellationToken);
        return members.IsSuccess ? ToCredential(members.Value) : members.Error;
    }

    private static Result<Credential> ToCredential(MemberSet members)
    {
        foreach (ExchangeMember known in ExchangeMember.All)
        {
            if (members.Find(known.Name) is { } member && known.Judge(member.Text) is { } refusal)
            {
                return refusal;
            }
        }

        if (ExchangeMember.Credentials.Where(known => members.Find(known.Name) is not null).ToArray() is not [{ } credential])
        {
            return NotOne;
        }

        ExchangeMember? stray = ExchangeMember.Companions.FirstOrDefault(
            known => members.Find(known.Name) is not null && !known.BelongsTo.Contains(credential.Name));
        return stray is null
            ? Make(members, credential)
            : ExchangeError.InvalidRequest($"{stray.Name} does not belong to {credential.Name}: leave it out.");
    }

    private static Result<Credential> Make(MemberSet members, ExchangeMember credential)
    {
        string value = Text(credential)!;
        if (credential == ExchangeMember.AccessToken)
        {
            return new AccessToken(value);
        }

        if (credential == ExchangeMember.IdToken)
        {
            return new IdToken(value, Text(ExchangeMember.Nonce)) { User = Text(ExchangeMember.User) };
        }

        if (credential == ExchangeMember.Code)
        {
            return new AuthorizationCode(value, Text(ExchangeMember.RedirectUri), Text(ExchangeMember.CodeVerifier))
            {
                Nonce = Text(ExchangeMember.Nonce),
                User = Text(ExchangeMember.User),
                Callback = Callback(members),
            };
        }

        if (credential == ExchangeMember.LinkCode)
        {
            return Text(ExchangeMember.CodeVerifier) is { } verifier ? new LinkCode(value, verifier) : NoVerifier;
        }

        Member[] answers = [.. members.All.Where(static member => member.Name != ExchangeMember.Ticket.Name)];
        return answers.All(static answer => IsAnswer(answer.Text))
            ? new ExchangeTicket(value) { Answers = answers.ToDictionary(static answer => answer.Name, static answer => answer.Text!, StringComparer.Ordinal) }
            : BadAnswer;

        string? Text(ExchangeMember member) => members.Find(member.Name)?.Text;
    }

    // Members that are no words of ours may be some that the provider's definition asks for; the others go unread, as ever.
    private static IReadOnlyDictionary<string, string> Callback(MemberSet members)
    {
        Member[] others = [.. members.All.Where(static member => IsAnswer(member.Text) && ExchangeMember.All.All(known => known.Name != member.Name))];
        return others.Length == 0 ? ReadOnlyDictionary<string, string>.Empty
            : others.ToDictionary(static member => member.Name, static member => member.Text!, StringComparer.Ordinal);
    }

    private static bool IsAnswer(string? text) =>
        text is { Length: <= LongestAnswer } && !text.Any(static c => char.IsControl(c) || c is '\u2028' or '\u2029');
}
