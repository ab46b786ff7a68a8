using Cambio.Providers;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.FrontEnd;

/// <summary>Refuses origins that no browser would ever send.</summary>
internal sealed class FrontEndMistakes(IOptions<FrontEndOptions> frontEnd) : IStartCheck
{
    public IEnumerable<string> Mistakes() =>
        TextList.Split(frontEnd.Value.Origins).Where(static origin => WebOrigin.Of(origin) != origin).Select(static origin =>
            $"Cambio:FrontEnd:Origins holds \"{origin}\", which is no origin: write scheme, host and port as browsers do, such as https://app.example.com or http://localhost:3000, without a path or a slash at the end.");
}
