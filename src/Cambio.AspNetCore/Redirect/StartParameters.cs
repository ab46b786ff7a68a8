using Cambio.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Redirect;

/// <summary>What a front end asks of a start, read strictly. Never prints it.</summary>
internal sealed record StartParameters
{
    public required RedirectMode Mode { get; init; }

    /// <summary>Where the browser goes back to; in popup mode the origin of the page that opened the popup.</summary>
    public required string ReturnUrl { get; init; }

    /// <summary>The front end's own challenge; null in cookie mode.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>The front end's own state.</summary>
    public string? State { get; init; }

    public string? LoginHint { get; init; }

    public string? Prompt { get; init; }

    public string? UiLocales { get; init; }

    /// <summary>Scopes beside the provider's own.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    public string? LinkTicket { get; init; }

    public static Result<StartParameters> Read(HttpRequest request, ReturnUrls urls)
    {
        Result<StartQuery> read = StartQuery.Read(request);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        StartQuery query = read.Value;
        if (ModeOf(query["mode"]) is not { } mode)
        {
            return ExchangeError.InvalidRequest("mode must be code, popup or cookie, or left out.");
        }

        Result<string> address = mode == RedirectMode.Popup ? Origin(query, urls) : ReturnAddress(query, urls);
        if (!address.IsSuccess)
        {
            return address.Error;
        }

        ExchangeError? refusal = (mode == RedirectMode.Cookie ? null : StartRules.Challenge(query["code_challenge"], query["code_challenge_method"]))
            ?? StartRules.State(query["state"])
            ?? StartRules.LoginHint(query["login_hint"])
            ?? StartRules.Prompt(query["prompt"])
            ?? StartRules.UiLocales(query["ui_locales"])
            ?? StartRules.Scope(query["scope"]);
        return refusal is not null ? refusal : new StartParameters
        {
            Mode = mode,
            ReturnUrl = address.Value,
            CodeChallenge = mode == RedirectMode.Cookie ? null : query["code_challenge"],
            State = query["state"],
            LoginHint = query["login_hint"],
            Prompt = query["prompt"],
            UiLocales = query["ui_locales"],
            Scope = query["scope"]?.Split(' ') ?? [],
            LinkTicket = query["link_ticket"],
        };
    }

    public override string ToString() => "start parameters [redacted]";

    private static RedirectMode? ModeOf(string? mode) => mode switch
    {
        null or "code" => RedirectMode.Code,
        "popup" => RedirectMode.Popup,
        "cookie" => RedirectMode.Cookie,
        _ => null,
    };

    private static Result<string> ReturnAddress(StartQuery query, ReturnUrls urls) =>
        query["origin"] is not null ? ExchangeError.InvalidRequest("origin belongs to mode=popup: leave it out, and send return_url.")
        : query["return_url"] is not { } url ? ExchangeError.InvalidRequest("return_url is missing: say where the browser goes back to.")
        : urls.Allows(url) ? url
        : ExchangeError.InvalidRequest("return_url is not listed, character for character, in Cambio:FrontEnd:ReturnUrls.", "return_url_not_listed");

    private static Result<string> Origin(StartQuery query, ReturnUrls urls) =>
        query["return_url"] is not null ? ExchangeError.InvalidRequest("mode=popup has no return_url: send origin, the exact origin of the page that opens the popup.")
        : query["origin"] is not { } origin ? ExchangeError.InvalidRequest("origin is missing: mode=popup needs the exact origin of the page that opens the popup.")
        : urls.AllowsOrigin(origin) ? origin
        : ExchangeError.InvalidRequest("origin is not listed, character for character, in Cambio:FrontEnd:Origins, and is not our own.", "origin_not_listed");
}
