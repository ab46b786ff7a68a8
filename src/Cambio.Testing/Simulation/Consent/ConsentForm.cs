namespace Cambio.Testing.Simulation.Consent;

/// <summary>What the page asks the user. Never prints it.</summary>
internal sealed record ConsentForm
{
    /// <summary>A name, free text.</summary>
    public string? User { get; init; }

    /// <summary>The address; null for one of the user's own.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider says that the address was verified.</summary>
    public bool IsVerified { get; init; } = true;

    /// <summary>The user goes back with nothing.</summary>
    public bool IsDenial { get; init; }

    /// <summary>What the user has to mend; null for nothing.</summary>
    public string? Mistake { get; init; }

    public static ConsentForm Read(SimulatedRequest request)
    {
        string? user = Text(request, "user");
        string? email = Text(request, "email");
        bool isFlag = bool.TryParse(request.Form.GetValueOrDefault("email_verified", "true"), out bool isVerified);
        return new ConsentForm
        {
            User = user,
            Email = email,
            IsVerified = isVerified,
            IsDenial = request.Form.GetValueOrDefault("decision") == "deny",
            Mistake = request.Form.GetValueOrDefault("decision") is not ("allow" or "deny") ? "Choose Allow or Deny."
                : isFlag ? PersonWords.Mistake(user, email)
                : "email_verified is true or false.",
        };
    }

    public override string ToString() => "consent [redacted]";

    private static string? Text(SimulatedRequest request, string name) =>
        request.Form.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;
}
