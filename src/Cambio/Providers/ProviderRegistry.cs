namespace Cambio.Providers;

/// <summary>The enabled providers. Changes of settings apply without a restart.</summary>
public abstract class ProviderRegistry
{
    /// <summary>Every enabled provider, in order of id.</summary>
    public abstract IReadOnlyList<Provider> All { get; }

    /// <summary>The provider with this id, compared byte for byte; <c>unknown_provider</c> otherwise.</summary>
    /// <param name="id">The id as the caller wrote it.</param>
    public abstract Result<Provider> Find(string id);
}
