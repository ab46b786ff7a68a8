using Cambio.Storage;

namespace Cambio.EntityFrameworkCore;

/// <summary>User ids: a version 7 GUID inside, 36 lower-case characters outside.</summary>
internal static class UserKey
{
    public static UserRef Write(Guid id) => new(id.ToString("D"));

    public static Guid Parse(UserRef user) => Guid.ParseExact(user.Id, "D");

    public static Guid? TryParse(UserRef user) => Guid.TryParseExact(user.Id, "D", out Guid id) ? id : null;
}
