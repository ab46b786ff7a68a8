using System.Security.Cryptography;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Values that fit a definition's variables: the default, else the example, else a new key.</summary>
internal static class ExampleVariables
{
    // Making one takes longer than a whole sign-in: the fakes of one process share it.
    private static readonly Lazy<string> RsaKey = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    });

    public static Dictionary<string, string> Of(ProviderDefinition definition)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, VariableDefinition variable) in definition.Variables)
        {
            values[name] = variable.Kind switch
            {
                VariableKind.EcPrivateKey => NewKey(),
                VariableKind.RsaPrivateKey => RsaKey.Value,
                _ => variable.Default ?? variable.Example ?? "",
            };
        }

        return values;
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
