namespace Cambio.Providers;

/// <summary>Checks one provider's settings together with its definition. Each mistake is a sentence with the key and the fix; no value is repeated.</summary>
internal sealed class ProviderValidator(ProviderWords words)
{
    public IEnumerable<string> Mistakes(ProviderDraft draft) =>
    [
        .. new DefinitionValidator(draft.Definition, words).Mistakes().Select(draft.Sentence),
        .. Registration(draft), .. Trust(draft), .. Variables(draft), .. ProviderAddresses.Mistakes(draft), .. Accepts(draft), .. Lists(draft),
    ];

    private static IEnumerable<string> Registration(ProviderDraft draft)
    {
        ProviderOptions options = draft.Options;
        if (options.ClientId is not { } id || !IsToken(id))
        {
            yield return $"{draft.Key}:ClientId is blank or holds white space; copy the client id again.";
        }

        if (options.ClientSecret is { } secret && (secret.Trim() != secret || secret.Any(char.IsControl)))
        {
            yield return $"{draft.Key}:ClientSecret is blank, or has white space around it; copy the secret again.";
        }

        if (options.ClientSecret is null && WhyASecret(draft) is { } reason)
        {
            yield return $"{draft.Key}:ClientSecret is missing; {reason}.";
        }

        // RFC 7518 3.2.
        if (options.ClientSecret is { } key && ChecksIdTokens(draft) && !SignatureAlgorithm.IsKey(key))
        {
            yield return $"{draft.Key}:ClientSecret is too short to check ID tokens with, which takes 32 bytes for HS256; set a longer one, or Definition:IdToken:Algorithms without HS256.";
        }
    }

    private static IEnumerable<string> Trust(ProviderDraft draft)
    {
        if (draft.Options.EmailTrust is not null && !draft.EmailTrust.All(DefinitionValidator.IsEmailTrust))
        {
            yield return $"{draft.Key}:EmailTrust must be {ProviderWords.FullTrust}, {ProviderWords.NoTrust}, mail domains, or claim: with a claim's name.";
        }

        if (draft.EmailTrust.Count > 1 && draft.EmailTrust.Contains(ProviderWords.NoTrust, StringComparer.Ordinal))
        {
            yield return $"{draft.Key}:EmailTrust says {ProviderWords.NoTrust} and something else; keep one of them.";
        }
    }

    private static IEnumerable<string> Variables(ProviderDraft draft)
    {
        IReadOnlyDictionary<string, VariableDefinition> declared = draft.Definition.Variables;
        foreach (string name in draft.Options.Variables.Keys.Where(name => !declared.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"{draft.Key}:{name} is not a setting of this provider.{Nearest.Hint(name, [.. ProviderSettings.Names, .. declared.Keys])}";
        }

        foreach ((string name, VariableDefinition variable) in declared)
        {
            if (!draft.Variables.TryGetValue(name, out string? value))
            {
                // What only a proof is compared with is needed where access tokens are taken.
                if (name == draft.Definition.AccessTokenProof?.AudienceVariable && !draft.Accepts.Contains("access_token", StringComparer.Ordinal))
                {
                    continue;
                }

                yield return $"{draft.Key}:{name} is missing; set it to: {variable.Title}{(variable.Example is { } example ? $", such as {example}" : "")}.";
            }
            else if (PrivateKeys.Mistake(variable.Kind, value) is { } key)
            {
                yield return $"{draft.Key}:{name} is not {key}; write the whole file, its line ends as \\n if need be.";
            }
            else if (variable.Pattern is { } pattern && Condition.CanMatch(pattern) && !Condition.IsMatch(value, pattern))
            {
                yield return $"{draft.Key}:{name} does not fit; set it to: {variable.Title}{(variable.Example is { } example ? $", such as {example}" : "")}.";
            }
        }
    }

    private static IEnumerable<string> Lists(ProviderDraft draft)
    {
        if (!TextList.Split(draft.Options.RedirectUris).All(IsRedirectUri))
        {
            yield return $"{draft.Key}:RedirectUris must list whole addresses without a fragment, such as https://app.example.com/callback, or postmessage.";
        }

        // RFC 6749 3.3.
        if (TextList.Split(draft.Options.ExtraScope).Any(static scope => scope.Any(static c => c is < '!' or > '~' or '"' or '\\')))
        {
            yield return $"{draft.Key}:ExtraScope must list scopes of visible ASCII characters, without quotes and backslashes.";
        }
    }

    private static bool IsRedirectUri(string text) =>
        text == "postmessage" || (!text.StartsWith('/') && Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Fragment.Length == 0);

    private static IEnumerable<string> Accepts(ProviderDraft draft)
    {
        if (draft.Accepts.Count == 0)
        {
            yield return draft.Sentence(new("accepts", "has nothing to name; the definition needs a tokenEndpoint, an issuer, an idToken or an accessTokenProof."));
        }

        foreach (string word in draft.Accepts)
        {
            string? why = word switch
            {
                "code" => WhyNoCode(draft.Definition),
                "id_token" => WhyNoIdToken(draft.Definition),
                "access_token" => WhyNoAccessToken(draft),
                _ => $"must be of {string.Join(", ", ProviderWords.Credentials)}.{Nearest.Hint(word, ProviderWords.Credentials)}",
            };
            if (why is not null)
            {
                yield return draft.Options.Accepts is null ? draft.Sentence(new("accepts", why)) : $"{draft.Key}:Accepts {why}";
            }
        }
    }

    private static string? WhyNoCode(ProviderDefinition definition) =>
        (definition.Token.Endpoint ?? definition.TokenEndpoint ?? definition.Issuer) is null
            ? "takes code, which no endpoint redeems; set Definition:TokenEndpoint or Definition:Issuer, or leave code out."
        : definition.IdToken is null && !definition.HasProfileInAccessToken && !IsReadFrom(definition, "token.") ? "takes code, but nothing says who the user is; set Definition:Userinfo:profile:Url, or leave code out."
        : null;

    private static string? WhyNoIdToken(ProviderDefinition definition) =>
        definition.IdToken is null ? "takes id_token, which this provider does not issue; leave it out, or set Definition:Issuer." : null;

    private static string? WhyNoAccessToken(ProviderDraft draft) => draft.Definition.AccessTokenProof switch
    {
        null => "takes access_token, which cannot be proven to be ours (no_audience_proof); leave it out and have the front end send a code or an ID token.",
        { Confidence: ProofConfidence.Uncertain } when draft.Options.Accepts is null =>
            "takes access_token by a proof marked uncertain; that is the operator's to say with Accepts.",
        _ when !IsReadFrom(draft.Definition, "proof.") => "takes access_token, but nothing says who the user is; set Definition:Userinfo:profile:Url, or leave it out.",
        _ => null,
    };

    /// <summary>Whether a profile is read, or the answer itself names the user.</summary>
    private static bool IsReadFrom(ProviderDefinition definition, string answer) =>
        definition.Userinfo.Count > 0 || definition.Issuer is not null
        || (definition.Claims?.Sub is { } sub && sub.Any(source => source.StartsWith(answer, StringComparison.Ordinal)));

    /// <summary>What the secret is needed for, with the way out; null when nothing needs one.</summary>
    public static string? WhyASecret(ProviderDraft draft)
    {
        ProviderDefinition definition = draft.Definition;
        if (ChecksIdTokens(draft))
        {
            return "ID tokens are checked with it; set it, or Definition:IdToken:Algorithms without HS256";
        }

        bool isMadeFromKey = definition.Quirk is not null && definition.Variables.Values.Any(variable => variable.IsKey());
        if (isMadeFromKey)
        {
            return null;
        }

        if (draft.Accepts.Contains("code", StringComparer.Ordinal)
            && definition.Token.Auth is not (ClientAuthenticationMethod.PrivateKeyJwt or ClientAuthenticationMethod.None))
        {
            return "codes are redeemed with it; set it, or Accepts without code, or Definition:Token:Auth to none for a public client";
        }

        if (draft.Accepts.Contains("access_token", StringComparer.Ordinal)
            && definition.AccessTokenProof is { } proof && (proof.Request is { } request ? request.ShowsSecret() : proof.Kind == AccessTokenProofKind.Introspection))
        {
            return "access tokens are proven with it; set it, or Accepts without access_token";
        }

        bool readsProfile = draft.Accepts.Any(word => word is "code" or "access_token");
        return readsProfile && (definition.Quirk is not null || definition.Userinfo.Values.Any(call => call.ShowsSecret())) ? "the profile is read with it; set it" : null;
    }

    private static bool ChecksIdTokens(ProviderDraft draft) =>
        draft.Definition.Signals.Values.Select(signal => signal.Algorithms).Append(draft.Definition.IdToken?.Algorithms ?? [])
            .Any(algorithms => algorithms.Contains(SignatureAlgorithm.Shared, StringComparer.Ordinal));

    private static bool IsToken(string text) => text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
