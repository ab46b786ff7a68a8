namespace Cambio.Storage;

/// <summary>The id of a local user, as its store writes it.</summary>
/// <param name="Id">The id.</param>
public readonly record struct UserRef(string Id)
{
    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
