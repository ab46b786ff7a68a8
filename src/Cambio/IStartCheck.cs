namespace Cambio;

/// <summary>Something that knows mistakes of the operator. All of them are asked before the host starts, so that all mistakes come at once.</summary>
internal interface IStartCheck
{
    /// <summary>Each mistake as a sentence with the setting's key and the fix; never a secret's value.</summary>
    IEnumerable<string> Mistakes();
}
