namespace Cambio.Providers;

/// <summary>Registers us at the catalogue's providers where the operator has not, and plays them: the sandbox.</summary>
internal interface IProviderSource
{
    /// <summary>Where the providers that it registered us at are played. Asked at each call; throws until the server listens.</summary>
    Uri Address { get; }

    /// <summary>Client id, secret and variables for an entry without a client id of its own; null leaves it off.</summary>
    /// <param name="id">The entry's id.</param>
    /// <param name="definition">Its definition, settings laid over it.</param>
    ProviderOptions? Register(string id, ProviderDefinition definition);
}
