namespace Cambio.AspNetCore.Requests;

/// <summary>
/// The members of a body. A JSON value that is no text is kept as null, so that a known member can be refused for it while an unknown
/// one is ignored. No name occurs twice, not even in another case: whoever reads it differently would see another request than we do.
/// </summary>
internal sealed class MemberSet
{
    /// <summary>The private reason of a body with a name that occurs twice.</summary>
    public const string Repeated = "member_repeated";

    /// <summary>The private reason of a body with more names than anybody sends.</summary>
    public const string TooMany = "too_many_members";

    private const int Most = 100;

    private readonly Dictionary<string, Member> members = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Member> All => members.Values;

    /// <summary>The member of exactly this name, or null.</summary>
    public Member? Find(string name) => members.TryGetValue(name, out Member? member) && member.Name == name ? member : null;

    /// <summary>Adds a member, or says why the body is refused.</summary>
    public ExchangeError? Add(string name, string? text, bool isNull = false) =>
        members.Count == Most ? ExchangeError.InvalidRequest($"The body has more than {Most} members.", TooMany)
        : members.TryAdd(name, new Member(name, text, isNull)) ? null
        : ExchangeError.InvalidRequest("The body names a member twice: send each once. Names in different case count as the same.", Repeated);
}

/// <summary>One member of a body.</summary>
/// <param name="Name">Its name as sent.</param>
/// <param name="Text">Its value; null when it is no text.</param>
/// <param name="IsNull">Its value is JSON's null.</param>
internal sealed record Member(string Name, string? Text, bool IsNull)
{
    public override string ToString() => "member [redacted]";
}
