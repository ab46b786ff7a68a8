namespace Cambio.Tokens;

/// <summary>The address that the world knows us by; the issuer unless a setting names another. The host fills it in.</summary>
internal interface IPublicAddress
{
    /// <summary>Without a path, character for character as it was configured.</summary>
    string Value { get; }
}
