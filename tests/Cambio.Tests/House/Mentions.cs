using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Cambio.Tests.House;

/// <summary>Mentions one type in each place where a type can stand, for <see cref="WallsCanFail"/>. Never run.</summary>
[Description("An attribute.")]
internal abstract class Mentions : List<Uri>, IFormattable
{
    private readonly Version? field = null;

    [ThreadStatic]
    private static object? kept;

    public abstract string ToString(string? format, IFormatProvider? provider);

    protected abstract void Take(Guid value);

    protected abstract DayOfWeek[] Give();

    [Argument(typeof(LoaderOptimization))]
    protected bool Body(int captured)
    {
        Func<object> closure = () => TimeZoneInfo.Local.ToString() + captured + field;
        kept = closure;
        return OperatingSystem.IsLinux() && Array.Empty<Encoder>().Length == 0;
    }

    protected async Task<bool> Later(int rune)
    {
        try
        {
            await Task.Yield();
            return Rune.IsValid(rune);
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    protected abstract void Constrain<T>(T value)
        where T : ICloneable;

    private sealed class Nested
    {
        public Decoder? Inner { get; set; }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ArgumentAttribute(Type value) : Attribute
    {
        public Type Value { get; } = value;
    }
}
