using Cambio.Accounts;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads what a user wants to change of the own profile: texts by name, null for what is to be cleared.</summary>
internal static class ProfileBody
{
    public static async Task<Result<Dictionary<string, string?>>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Result<MemberSet> members = await RequestBody.ReadJsonOrFormAsync(request, cancellationToken);
        if (!members.IsSuccess)
        {
            return members.Error;
        }

        Member? noText = members.Value.All.FirstOrDefault(static member =>
            member is { Text: null, IsNull: false } && EditableClaim.All.Any(claim => claim.Name == member.Name));
        return noText is null
            ? members.Value.All.ToDictionary(static member => member.Name, static member => member.Text, StringComparer.Ordinal)
            : ExchangeError.InvalidRequest($"{noText.Name} must be a string, or null to clear it.");
    }
}
