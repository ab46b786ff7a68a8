using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cambio.Pipeline;

/// <summary>An address that waits for its code, as it is kept in an exchange's memory: how many mails went out, how often a code was tried.</summary>
internal sealed class EmailConfirmation(IDictionary<string, string> memory)
{
    private const int MostMails = 3;
    private const int MostTries = 5;
    private const int Digits = 8;

    private const string AddressKey = $"{StepNames.RequireEmail}:address";
    private const string HashKey = $"{StepNames.RequireEmail}:hash";
    private const string MailsKey = $"{StepNames.RequireEmail}:mails";
    private const string TriesKey = $"{StepNames.RequireEmail}:tries";

    /// <summary>The address that the last mail went to, or null.</summary>
    public string? Address => memory.TryGetValue(AddressKey, out string? address) ? address : null;

    public bool MayMail => Count(MailsKey) < MostMails;

    public bool MayTry => Count(TriesKey) < MostTries;

    /// <summary>Makes the code for an address; the one before it counts no longer.</summary>
    public string Begin(string address)
    {
        string code = RandomNumberGenerator.GetString("0123456789", Digits);
        memory[AddressKey] = address;
        memory[HashKey] = Convert.ToHexString(Hash(address, code));
        Add(MailsKey);
        return code;
    }

    /// <summary>Whether it is the code of the last mail. Every look counts, whichever mail the code is of.</summary>
    public bool Try(string code)
    {
        Add(TriesKey);
        return Address is { } address && memory.TryGetValue(HashKey, out string? hash)
            && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hash), Hash(address, code));
    }

    /// <summary>Leaves nothing behind.</summary>
    public void Forget()
    {
        foreach (string key in (string[])[AddressKey, HashKey, MailsKey, TriesKey])
        {
            memory.Remove(key);
        }
    }

    private static byte[] Hash(string address, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{address}\n{code}"));

    private int Count(string key) => memory.TryGetValue(key, out string? count) ? int.Parse(count, CultureInfo.InvariantCulture) : 0;

    private void Add(string key) => memory[key] = (Count(key) + 1).ToString(CultureInfo.InvariantCulture);
}
