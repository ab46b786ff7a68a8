namespace Cambio.AspNetCore.Cookies;

/// <summary>Why the session cookie of a request does not count, for the challenge to tell.</summary>
internal sealed record CookieRefusal(ExchangeError Error);
