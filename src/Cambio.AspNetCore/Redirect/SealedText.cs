using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cambio.Credentials;
using Microsoft.AspNetCore.DataProtection;

namespace Cambio.AspNetCore.Redirect;

/// <summary>Turns what a caller keeps for us into text that only we can make or read, and back.</summary>
internal sealed class SealedText<T>(IDataProtector protector, JsonTypeInfo<T> type)
    where T : class
{
    public string Seal(T value) => Base64Url.EncodeToString(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(value, type)));

    /// <summary>The value; null when this key ring did not seal it.</summary>
    public T? Open(string text)
    {
        if (Base64UrlText.Decode(text) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(protector.Unprotect(bytes), type);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
