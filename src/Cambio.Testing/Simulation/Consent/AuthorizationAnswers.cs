namespace Cambio.Testing.Simulation.Consent;

/// <summary>The authorization endpoint: asks who signs in, and sends the browser back with a code (RFC 6749 4.1.1, 4.1.2).</summary>
internal sealed class AuthorizationAnswers(SimulationContext context, SimulatedEndpoint endpoint)
{
    private readonly AuthorizationCheck check = new(context, endpoint);

    public SimulatedEndpoint Endpoint => endpoint;

    public bool KnowsClient(SimulatedRequest request) => context.Clients.Knows(Read(request)["client_id"]);

    /// <summary>Whether the request has no mistake at this provider; decides where several share an address.</summary>
    public bool Recognizes(SimulatedRequest request) => check.Find(Read(request)) is null;

    public SimulatedAnswer Answer(SimulatedRequest request)
    {
        AuthorizationCall call = Read(request);
        bool isDecision = request.Method == "POST";
        if (isDecision && !PageOrigin.IsOurs(request))
        {
            return RefusalPage.Make(context.Definition.Name, 403, "Only this page itself, opened by a loopback address, may answer for the user.");
        }

        return check.Find(call) switch
        {
            { IsShown: true, Description: var description } => RefusalPage.Make(context.Definition.Name, 400, description),
            { } mistake => Refuse(call, mistake).ToAnswer(),
            null when isDecision => Decide(call, ConsentForm.Read(request)),
            null => ConsentPage.Make(context.Definition.Name, call, new ConsentForm { User = call["login_hint"] }),
        };
    }

    /// <summary>What comes of a request without the page in between.</summary>
    /// <param name="request">The request.</param>
    /// <param name="signIn">Who signs in; null for a user who denies.</param>
    /// <exception cref="ArgumentException">The client or the redirect URI is wrong, so that nothing goes back.</exception>
    public AuthorizationReply Reply(SimulatedRequest request, SignIn? signIn)
    {
        AuthorizationCall call = Read(request);
        return check.Find(call) switch
        {
            { IsShown: true, Description: var description } => throw new ArgumentException(description, nameof(request)),
            { } mistake => Refuse(call, mistake),
            null => signIn is null ? Deny(call) : Allow(call, signIn),
        };
    }

    private AuthorizationCall Read(SimulatedRequest request) => new(context.Definition.Authorization, request);

    private SimulatedAnswer Decide(AuthorizationCall call, ConsentForm form)
    {
        if (form.IsDenial)
        {
            return Deny(call).ToAnswer();
        }

        if (form.Mistake is not null)
        {
            return ConsentPage.Make(context.Definition.Name, call, form);
        }

        var person = new Person(context.Id, form.User!, context.Default.Identity!, form.Email, !form.IsVerified);
        return Allow(call, new SignIn(context, context.Default, person, sessionId: null)).ToAnswer();
    }

    private AuthorizationReply Allow(AuthorizationCall call, SignIn signIn)
    {
        Grant code = signIn.Code(call["client_id"]!, call.RedirectUri, call["nonce"], call["code_challenge"]);
        bool isFormPost = context.Definition.Authorization.ResponseMode == "form_post";
        return Reply(call, [
            new(context.Definition.Authorization.CodeParameter ?? "code", code.Value), new("state", call.State), new("iss", context.ResponseIssuer),
            new("user", isFormPost ? signIn.Form() : null), .. code.Callback.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)),
        ]);
    }

    private AuthorizationReply Deny(AuthorizationCall call) => Refuse(call, new("access_denied", "The user denied the request."));

    private AuthorizationReply Refuse(AuthorizationCall call, AuthorizationMistake mistake) => Reply(call, [
        new("error", mistake.Error), new("error_description", mistake.Description), new("state", call.State), new("iss", context.ResponseIssuer),
    ]);

    private AuthorizationReply Reply(AuthorizationCall call, IEnumerable<KeyValuePair<string, string?>> parameters) => new(
        call.RedirectUri,
        context.Definition.Authorization.ResponseMode == "form_post",
        parameters.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!, StringComparer.Ordinal));
}
