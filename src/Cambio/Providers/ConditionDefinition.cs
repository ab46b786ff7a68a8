namespace Cambio.Providers;

/// <summary>A test of one value of an answer. All the parts that are given must hold.</summary>
public sealed record ConditionDefinition
{
    /// <summary>Which value, as in <see cref="ClaimsDefinition"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The value is exactly this; numbers and booleans are compared by their JSON text. May hold templates.</summary>
    public string? EqualTo { get; init; }

    /// <summary>The value is present and not this. May hold templates.</summary>
    public string? NotEqualTo { get; init; }

    /// <summary>The value is one of these.</summary>
    public TextList? OneOf { get; init; }

    /// <summary>The whole value matches this regular expression.</summary>
    public string? Matches { get; init; }

    /// <summary>True: the value is there, and neither null, false, zero nor empty. False: it is not.</summary>
    public bool? Present { get; init; }

    /// <summary>True: the value is JSON's <c>true</c>, not a text or a number that looks like it. False: it is JSON's <c>false</c>.</summary>
    public bool? IsTrue { get; init; }

    /// <summary>True: where the value is absent or null, the condition holds.</summary>
    public bool Optional { get; init; }

    /// <summary>The condition applies only while this variable ...</summary>
    public string? Variable { get; init; }

    /// <summary>... is one of these ...</summary>
    public TextList? Is { get; init; }

    /// <summary>... or is none of these.</summary>
    public TextList? IsNot { get; init; }
}
