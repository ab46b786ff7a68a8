namespace Cambio.AspNetCore.Bearer;

/// <summary>Marks the doors of the signed-in user, which look the session up themselves.</summary>
internal sealed class SignedInDoor
{
    public static SignedInDoor Instance { get; } = new();
}
