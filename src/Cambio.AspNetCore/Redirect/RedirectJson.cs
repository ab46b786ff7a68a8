using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Redirect;

/// <summary>Writes what the redirect flow seals, in as few bytes as it can: cookies are small.</summary>
[JsonSerializable(typeof(RedirectState))]
[JsonSerializable(typeof(LinkTicket))]
internal sealed partial class RedirectJson : JsonSerializerContext
{
    /// <summary>No page ever shows it, so that nothing has to be escaped for one.</summary>
    public static RedirectJson Compact { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
