using Cambio.Tokens;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore;

/// <summary><c>Cambio:PublicUrl</c>, else the address that the server was started with, character for character.</summary>
internal sealed class PublicAddress(IOptions<CambioOptions> options, IServer server, IConfiguration configuration) : IPublicAddress
{
    private string? started;

    public string Value => options.Value.PublicUrl ?? started ?? Find();

    private string Find()
    {
        // Empty until the server listens, and for ever in a test server.
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } bound)
        {
            return "http://localhost";
        }

        return started = Choose(bound, configuration[WebHostDefaults.ServerUrlsKey]?.Split(';', 2)[0].Trim());
    }

    /// <summary>
    /// The server rewrites what it was given, so its own word counts only where that cannot be an address to call: a port that it
    /// chose. One that stands for every address of the machine is called by the name that always works on it.
    /// </summary>
    internal static string Choose(string bound, string? configured)
    {
        BindingAddress actual = BindingAddress.Parse(bound);
        if (actual.IsUnixPipe || actual.IsNamedPipe)
        {
            return "http://localhost";
        }

        bool same = !string.IsNullOrEmpty(configured)
            && BindingAddress.Parse(configured) is var wanted && wanted.Scheme == actual.Scheme && wanted.Port == actual.Port;
        string address = same ? configured! : bound;
        return BindingAddress.Parse(address).Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? $"{actual.Scheme}://localhost:{actual.Port}"
            : address;
    }
}
