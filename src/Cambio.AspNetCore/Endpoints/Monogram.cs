using System.Net;
using System.Text;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>A provider's icon: the first letter of its name, as a <c>data:</c> address (RFC 2397). Logos are their owners'.</summary>
internal static class Monogram
{
    public static string Of(string name)
    {
        string letter = WebUtility.HtmlEncode(Rune.GetRuneAt(name, 0).ToString());
        string svg = $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><rect width='24' height='24' rx='5' fill='#444'/><text x='12' y='17' font-family='sans-serif' font-size='14' text-anchor='middle' fill='#fff'>{letter}</text></svg>";
        return $"data:image/svg+xml,{Uri.EscapeDataString(svg)}";
    }
}
