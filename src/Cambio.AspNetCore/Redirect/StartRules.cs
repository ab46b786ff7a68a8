using System.Text.RegularExpressions;

namespace Cambio.AspNetCore.Redirect;

/// <summary>What the parameters of a start may hold; each answers with the refusal, or null.</summary>
internal static partial class StartRules
{
    private const int LongestState = 512;
    private const int LongestHint = 320;
    private const int LongestWords = 100;
    private const int LongestScope = 1000;

    public static ExchangeError? Challenge(string? challenge, string? method) =>
        challenge is null
            ? ExchangeError.InvalidRequest("code_challenge is missing: send the S256 challenge of a verifier that you keep (RFC 7636 4.2).", "pkce_missing")
        : method is not (null or "S256")
            ? ExchangeError.InvalidRequest("code_challenge_method must be S256, or left out.", "pkce_downgraded")
        : !ChallengeForm().IsMatch(challenge)
            ? ExchangeError.InvalidRequest("code_challenge must be 43 characters of base64url: the SHA-256 of the verifier, without padding.", "pkce_malformed")
        : null;

    // RFC 6749 A.5.
    public static ExchangeError? State(string? state) =>
        state is null || (state.Length <= LongestState && !state.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            ? null
            : ExchangeError.InvalidRequest($"state must be visible ASCII characters, at most {LongestState}.");

    public static ExchangeError? LoginHint(string? hint) =>
        hint is null || (hint.Length <= LongestHint && !hint.Any(char.IsControl))
            ? null
            : ExchangeError.InvalidRequest($"login_hint must have at most {LongestHint} characters, and none that controls a terminal.");

    public static ExchangeError? Prompt(string? prompt) =>
        Judge("prompt", prompt, LongestWords, Prompts(), "words of OpenID Connect Core 3.1.2.1");

    public static ExchangeError? UiLocales(string? locales) =>
        Judge("ui_locales", locales, LongestWords, LanguageTags(), "language tags such as fr-CA (RFC 5646)");

    public static ExchangeError? Scope(string? scope) =>
        Judge("scope", scope, LongestScope, Scopes(), "scopes (RFC 6749 3.3)");

    private static ExchangeError? Judge(string name, string? value, int longest, Regex form, string what) =>
        value is null || (value.Length <= longest && form.IsMatch(value))
            ? null
            : ExchangeError.InvalidRequest($"{name} must be {what}, separated by single spaces, at most {longest} characters.");

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{43}\z")]
    private static partial Regex ChallengeForm();

    [GeneratedRegex(@"\A[a-z_]+( [a-z_]+)*\z")]
    private static partial Regex Prompts();

    [GeneratedRegex(@"\A[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*( [A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)*\z")]
    private static partial Regex LanguageTags();

    [GeneratedRegex(@"\A[!#-\[\]-~]+( [!#-\[\]-~]+)*\z")]
    private static partial Regex Scopes();
}
