using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Identities;

/// <summary>Makes the userinfo calls of a definition, each answer readable by the next.</summary>
internal sealed class ProfileReader(ProviderCall calls)
{
    private const string Purpose = "userinfo";

    // OpenID Connect Core 5.3.1, for providers known by discovery alone.
    private static readonly ProviderCallDefinition Standard = new();

    /// <summary>The profile answer, or that of a provider that puts the profile into its token or token answer; the others are added to the scope.</summary>
    public async Task<Result<JsonElement>> ReadAsync(AnswerScope scope, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ProviderCallDefinition> userinfo = scope.Provider.Definition.Userinfo;
        if (scope.Provider.Definition.HasProfileInAccessToken)
        {
            return scope.Whole("proof") ?? (Result<JsonElement>)ExchangeError.ProviderError("profile_nowhere");
        }

        if (userinfo.Count == 0 && scope.Provider.Definition.Issuer is null)
        {
            return scope.Whole("token") ?? (Result<JsonElement>)ExchangeError.ProviderError("profile_nowhere");
        }

        ProviderCallDefinition call = userinfo.GetValueOrDefault(ProviderDefinition.Profile, Standard);
        Result<JsonElement> profile = scope.Provider.ProfileIsProof && scope.Whole("proof") is { } proof
            ? proof
            : await calls.SendAsync(call, scope, Purpose, cancellationToken);
        if (!profile.IsSuccess)
        {
            return profile;
        }

        scope.Add(ProviderDefinition.Profile, profile.Value);
        scope.Root = profile.Value;
        foreach ((string name, ProviderCallDefinition other) in userinfo.Where(c => c.Key != ProviderDefinition.Profile))
        {
            Result<JsonElement> answer = await calls.SendAsync(other, scope, Purpose, cancellationToken, orArray: true);
            if (!answer.IsSuccess)
            {
                return answer;
            }

            scope.Add(name, answer.Value);
        }

        return profile;
    }
}
