namespace Cambio.Server;

/// <summary>What may be done to a store that is not there.</summary>
internal enum StoreUse
{
    /// <summary>It is made when the server starts.</summary>
    Make,

    /// <summary>Nothing: it has to be there.</summary>
    Existing,
}
