using Cambio.Storage;

namespace Cambio.Tests.Storage;

/// <summary>What lies in a store, read past its interfaces.</summary>
public sealed record StoredRows(
    int Users, IReadOnlyList<Login> Logins, IReadOnlyList<Session> Sessions, int RefreshTokens, int Replays, IReadOnlyList<ProtectedProviderTokens> ProviderTokens)
{
    public required IReadOnlyList<ProtectedApiToken> ApiTokens { get; init; }

    public required int Codes { get; init; }

    public int Total => Users + Logins.Count + Sessions.Count + RefreshTokens + Replays + ProviderTokens.Count + ApiTokens.Count + Codes;
}
