namespace Cambio.Tests.House;

/// <summary>The walls as data: which room looks into which.</summary>
internal static class Plan
{
    /// <summary>The rooms of the core, each with the rooms that it may look into.</summary>
    public static IReadOnlyDictionary<string, string[]> Rooms { get; } = new Dictionary<string, string[]>
    {
        ["Providers"] = [],
        ["Quirks"] = ["Providers"],
        ["Credentials"] = ["Providers", "Quirks"],
        ["Identities"] = ["Providers", "Quirks", "Credentials"],
        ["Pipeline"] = ["Providers", "Identities", "Storage", "Vault"],
        ["Tokens"] = ["Storage"],
        ["Vault"] = ["Providers", "Quirks", "Credentials", "Storage"],
        ["Accounts"] = ["Identities", "Storage", "Vault"],
        ["Signals"] = ["Providers", "Credentials", "Storage"],
        ["Clients"] = ["Providers"],
        ["Storage"] = ["Identities"],
        ["Telemetry"] = [],
    };

    /// <summary>The room that every other may look into.</summary>
    public const string OpenRoom = "Telemetry";

    /// <summary>The words at the root that all rooms share, apart from the settings.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } =
        ["Cambio.Result`1", "Cambio.ExchangeError", "Cambio.ErrorCodes", "Cambio.CambioBuilder"];

    /// <summary>The rooms that stay closed to each assembly around the core.</summary>
    public static IReadOnlyDictionary<string, string[]> ClosedRooms { get; } = new Dictionary<string, string[]>
    {
        ["Cambio.AspNetCore"] = ["Identities", "Pipeline", "Quirks", "Vault"],
        ["Cambio.EntityFrameworkCore"] = ["Providers", "Credentials", "Pipeline", "Quirks", "Vault", "Accounts", "Signals", "Clients"],
        ["Cambio.Identity"] = ["Providers", "Credentials", "Pipeline", "Quirks", "Vault", "Accounts", "Signals", "Clients"],
    };
}
