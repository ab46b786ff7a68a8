using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Storage;

namespace Cambio.Tests.Pipeline;

/// <summary>Contexts of exchanges that have led to no account yet.</summary>
internal static class Newcomer
{
    public static ExternalIdentity Identity { get; } = new() { Provider = "acme", Subject = "4711", PreferredUsername = "ada.l" };

    public static Account Account { get; } = new() { User = new("u1"), CreatedAt = DateTimeOffset.UnixEpoch };

    /// <param name="memory">What the steps kept.</param>
    /// <param name="answers">What the user supplied.</param>
    public static ExchangeContext Context(IDictionary<string, string>? memory = null, params (string Name, string Text)[] answers) => new()
    {
        Identity = Identity,
        Store = NoStore.Instance,
        Now = DateTimeOffset.UnixEpoch,
        Memory = memory ?? new Dictionary<string, string>(),
        Answers = answers.ToDictionary(answer => answer.Name, answer => answer.Text),
    };

    /// <summary>For steps that have no business with the data.</summary>
    private sealed class NoStore : IStoreTransaction
    {
        public static NoStore Instance { get; } = new();

        public IAccountStore Accounts => throw new InvalidOperationException();

        public ISessionStore Sessions => throw new InvalidOperationException();

        public IProviderTokenStore ProviderTokens => throw new InvalidOperationException();

        public IReplayStore Replays => throw new InvalidOperationException();

        public IOneTimeCodeStore Codes => throw new InvalidOperationException();
    }
}
