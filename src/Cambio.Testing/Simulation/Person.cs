using System.Text.RegularExpressions;

namespace Cambio.Testing.Simulation;

/// <summary>A simulated user: puts its own values where those of a case's user stand. The same name is the same person at that provider.</summary>
internal sealed class Person
{
    private const int ShortestInside = 4;

    private readonly Dictionary<string, string> whole = new(StringComparer.Ordinal);
    private readonly Regex? inside;
    private readonly string provider;
    private readonly string name;
    private readonly string template;

    /// <param name="provider">The provider's id: somebody else has the same name there.</param>
    /// <param name="name">Free text.</param>
    /// <param name="identity">The case's user.</param>
    /// <param name="email">The address; null for one of the person's own.</param>
    /// <param name="isUnverified">The provider does not say that the address was verified.</param>
    public Person(string provider, string name, CatalogIdentity identity, string? email, bool isUnverified)
    {
        this.provider = provider;
        this.name = name;
        template = identity.Subject;
        IsUnverified = isUnverified;
        Subject = SubjectShape.Make(identity.Subject, provider, name);
        PersonName own = PersonName.Of(name, provider);
        string address = email ?? $"{own.Handle}@{provider}.example";
        Replace(identity.Subject, Subject);
        Replace(identity.Email, address);
        Replace(identity.PreferredUsername, own.Handle);
        Replace(identity.Name, own.Full);
        Replace(identity.GivenName, own.Given);
        Replace(identity.FamilyName, own.Family);
        inside = Inside();
        Replace(identity.Email?.Split('@')[^1], address.Split('@')[^1]);
    }

    public string Subject { get; }

    public bool IsUnverified { get; }

    /// <summary>A text of the case, as it reads for this person.</summary>
    public string Text(string text) =>
        whole.TryGetValue(text, out string? own) ? own : inside is null ? text : inside.Replace(text, match => whole[match.Value]);

    /// <summary>A number of the case, as it reads for this person.</summary>
    public string Number(string digits) => digits == template ? Subject : digits;

    /// <summary>Another id of the same user, in the shape of the case's.</summary>
    public string OtherId(string id) => SubjectShape.Make(id, provider, $"{name} {id.Length}");

    public override string ToString() => "person [redacted]";

    private void Replace(string? value, string own)
    {
        if (value is { Length: > 0 })
        {
            whole.TryAdd(value, own);
        }
    }

    private Regex? Inside()
    {
        string[] values = [.. whole.Keys.Where(key => key.Length >= ShortestInside).OrderByDescending(key => key.Length).Select(Regex.Escape)];
        return values.Length == 0 ? null : new Regex(string.Join('|', values), RegexOptions.CultureInvariant);
    }
}
