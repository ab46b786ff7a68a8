namespace Cambio.Credentials;

/// <summary>What a request to a token endpoint carries, in the standard's names; never prints it.</summary>
internal sealed class TokenParameters
{
    /// <summary>The parameters of the body.</summary>
    public List<KeyValuePair<string, string>> Body { get; } = [];

    /// <summary>The parameters that go into the address wherever the others go.</summary>
    public List<KeyValuePair<string, string>> Query { get; } = [];

    /// <summary>The <c>Authorization</c> header, if any.</summary>
    public string? Authorization { get; set; }

    /// <summary>Adds a parameter to the body, unless there is nothing to say.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            Body.Add(new(name, value));
        }
    }

    public override string ToString() => "token parameters [redacted]";
}
