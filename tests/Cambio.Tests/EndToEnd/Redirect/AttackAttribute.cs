namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>The case of the attack list that a test plays.</summary>
/// <param name="id">Its id.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AttackAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
