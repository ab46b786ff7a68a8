using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cambio.EntityFrameworkCore.Tables;

/// <summary>Times as UTC Unix milliseconds: they sort and compare the same on every engine, and no offset is lost or found.</summary>
internal sealed class UnixTime() : ValueConverter<DateTimeOffset, long>(
    static time => time.ToUnixTimeMilliseconds(),
    static milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
