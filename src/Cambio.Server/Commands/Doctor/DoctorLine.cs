namespace Cambio.Server.Commands.Doctor;

/// <summary>One line of the doctor's: about whom, whether all is well, and what to do.</summary>
/// <param name="Verdict">How it stands.</param>
/// <param name="Subject">A provider's id, or what else the line is about.</param>
/// <param name="Text">What to mend, or what to know.</param>
internal sealed record DoctorLine(Verdict Verdict, string Subject, string Text)
{
    public string Write(int subjectWidth) => $"{Verdict.ToString().ToLowerInvariant(),-5}  {Subject.PadRight(subjectWidth)}  {Text}";
}

/// <summary>How something stands.</summary>
internal enum Verdict
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>The operator turned it off.</summary>
    Off,

    /// <summary>Something is to be mended.</summary>
    Wrong,
}
