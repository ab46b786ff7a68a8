namespace Cambio.Clients;

/// <summary>What an operator says of one confidential client: <c>Cambio:Clients:{id}</c>.</summary>
public sealed class ClientOptions
{
    /// <summary>The client's secret: at least 16 visible ASCII characters.</summary>
    public string? Secret { get; set; }

    /// <summary>The ids of the providers whose credentials it may exchange; separated by spaces or commas. Empty: all.</summary>
    public string? Providers { get; set; }

    /// <summary>The grants that it may use at the token endpoint, by their <c>grant_type</c>; separated by spaces or commas. Empty: all.</summary>
    public string? Grants { get; set; }

    /// <summary>Nothing of it: the secret stays out of logs.</summary>
    public override string ToString() => "client [redacted]";
}
