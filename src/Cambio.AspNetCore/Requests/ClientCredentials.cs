namespace Cambio.AspNetCore.Requests;

/// <summary>What a call says of the client that makes it (RFC 6749 2.3.1). Nothing of it is believed yet.</summary>
/// <param name="Id">The client's id, if it names one.</param>
/// <param name="Secret">Its secret, if it shows one.</param>
internal sealed record ClientCredentials(string? Id, string? Secret)
{
    private const string Scheme = "Basic";

    private static readonly ExchangeError Twice = ExchangeError.InvalidRequest(
        "The client is named twice: send its id and secret in the Authorization header or in the form, not in both.");

    private static readonly ExchangeError NoId = ExchangeError.InvalidRequest("client_secret came without client_id.");

    private static readonly ExchangeError Malformed = ExchangeError.InvalidClient("basic_malformed");

    /// <summary>Whether one of the headers tries to authenticate a client.</summary>
    public static bool TriesBasic(IEnumerable<string?> headers) =>
        headers.Any(static header => header?.Split(' ', 2)[0].Equals(Scheme, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>What the <c>Authorization</c> headers say, and the form beside them.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="id">The form's <c>client_id</c>.</param>
    /// <param name="secret">The form's <c>client_secret</c>.</param>
    public static Result<ClientCredentials> Read(IReadOnlyList<string?> headers, string? id = null, string? secret = null)
    {
        if (!TriesBasic(headers))
        {
            return id is null && secret is not null ? NoId : new ClientCredentials(id, secret);
        }

        // RFC 6749 2.3: no more than one way in each request.
        if (headers is not [{ } header] || secret is not null)
        {
            return Twice;
        }

        return Basic(header[Scheme.Length..].Trim(' ')) is not { } credentials ? Malformed
            : id is not null && id != credentials.Id ? Twice
            : credentials;
    }

    public override string ToString() => "client credentials [redacted]";

    // RFC 7617 2, and inside it the form encoding that RFC 6749 2.3.1 asks for.
    private static ClientCredentials? Basic(string encoded)
    {
        byte[] pair = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, pair, out int length) || pair.AsSpan(0, length).IndexOf((byte)':') is not (> 0 and var colon))
        {
            return null;
        }

        string? id = FormMembers.Decode(pair.AsSpan(0, colon));
        string? secret = FormMembers.Decode(pair.AsSpan(colon + 1, length - colon - 1));
        return id is null || secret is null ? null : new(id, secret);
    }
}
