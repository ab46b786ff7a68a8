using Microsoft.Extensions.Options;

namespace Cambio;

/// <summary>The mistakes that the validators of one kind of options find.</summary>
internal sealed class OptionsStartCheck<TOptions>(IOptions<TOptions> options) : IStartCheck
    where TOptions : class
{
    public IEnumerable<string> Mistakes()
    {
        try
        {
            _ = options.Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
    }
}
