using Cambio.Providers;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.FrontEnd;

/// <summary>Refuses origins that no browser would ever send.</summary>
internal sealed class FrontEndMistakes(IOptions<FrontEndOptions> frontEnd) : IStartCheck
{
    public IEnumerable<string> Mistakes() =>
        TextList.Split(frontEnd.Value.Origins).Where(static origin => !IsOrigin(origin)).Select(static origin =>
            $"Cambio:FrontEnd:Origins holds \"{origin}\", which is no origin: write scheme, host and port as browsers do, such as https://app.example.com or http://localhost:3000, without a path or a slash at the end.");

    // RFC 6454 6.2: the serialisation of an origin is lower case and leaves the default port out.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && address.Scheme is "https" or "http"
        && address.UserInfo.Length == 0
        && address.GetLeftPart(UriPartial.Authority) == text;
}
