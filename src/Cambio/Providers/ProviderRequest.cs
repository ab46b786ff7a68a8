using System.Collections.Specialized;
using System.Web;

namespace Cambio.Providers;

/// <summary>One call to a provider, ready to be sent. Never prints what it carries.</summary>
internal sealed class ProviderRequest(string purpose, HttpMethod method, Uri address)
{
    private List<KeyValuePair<string, string>>? query;

    /// <summary>What the call is for, in logs and metrics: <c>token</c>, <c>refresh</c>, <c>extend</c>, <c>revoke</c>, <c>proof</c>, <c>userinfo</c>, <c>keys</c>, <c>metadata</c>.</summary>
    public string Purpose { get; } = purpose;

    public HttpMethod Method { get; } = method;

    /// <summary>The provider's own address, without what <see cref="AddQuery"/> added.</summary>
    public Uri Address { get; } = address;

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>A form body, if any.</summary>
    public List<KeyValuePair<string, string>>? Form { get; set; }

    /// <summary>A JSON body, if any.</summary>
    public byte[]? Json { get; set; }

    public ResponseFormat Response { get; set; }

    /// <summary>The status says it all: a 2xx may be empty, or what cannot be read (RFC 7009 2.2).</summary>
    public bool StatusIsAnswer { get; init; }

    /// <summary>The most bytes that the answer may have.</summary>
    public int MaxBytes { get; set; } = 1024 * 1024;

    /// <summary>Every parameter, wherever it travels: in the address or in a form.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters
    {
        get
        {
            NameValueCollection own = HttpUtility.ParseQueryString(Address.Query);
            return own.AllKeys.Select(name => KeyValuePair.Create(name ?? "", own[name] ?? "")).Concat(query ?? []).Concat(Form ?? []);
        }
    }

    /// <summary>Adds a parameter where the others are, unless it is there.</summary>
    public void AddMissing(string name, string value)
    {
        if (!Parameters.Any(parameter => parameter.Key == name))
        {
            (Form ?? (query ??= [])).Add(new(name, value));
        }
    }

    public void AddQuery(string name, string value) => (query ??= []).Add(new(name, value));

    /// <summary>The address with its parameters.</summary>
    public Uri FullAddress()
    {
        if (query is null)
        {
            return Address;
        }

        string added = string.Join('&', query.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return new UriBuilder(Address) { Query = Address.Query.Length > 1 ? $"{Address.Query}&{added}" : added }.Uri;
    }

    public override string ToString() => $"{Purpose} call [redacted]";
}
