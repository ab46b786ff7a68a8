using System.Text.Json;
using Cambio.AspNetCore.Answers;
using Cambio.Providers;
using Cambio.Testing;
using Cambio.Testing.Hosting;

namespace Cambio.Server.Sandbox;

/// <summary>Maps the sandbox: the simulated providers, and the call that signs somebody in at one.</summary>
internal static class SandboxEndpoints
{
    /// <summary>Maps it where the settings turn it on.</summary>
    public static void MapSandbox(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<SandboxProviders>() is not { } players)
        {
            return;
        }

        endpoints.MapSimulator(SandboxProviders.Prefix, () => players.PlayAll(endpoints.ServiceProvider.GetRequiredService<ProviderRegistry>()))
            .AllowAnonymous().ExcludeFromDescription();
        RouteGroupBuilder sandbox = endpoints.MapGroup(SandboxProviders.Prefix).AllowAnonymous().ExcludeFromDescription();
        sandbox.MapGet("", (HttpRequest request, ProviderRegistry registry) => Results.Text(Help(request, Played(registry, players))));
        // A host has a dot, an id has none.
        sandbox.MapPost("/{provider:regex(^[^.]+$)}", (string provider, HttpContext context, ProviderRegistry registry) =>
            MintAsync(provider, context, registry, players));
    }

    private static async Task<IResult> MintAsync(string id, HttpContext context, ProviderRegistry registry, SandboxProviders players)
    {
        // A name that somebody else resolves to this machine is no reason to let a page of theirs sign in here.
        if (!ListenAddresses.IsLoopbackHost(context.Request.Host.Host))
        {
            return new ErrorResponse(ExchangeError.InvalidRequest("Call the sandbox by a loopback address, such as http://127.0.0.1."));
        }

        if (registry.Find(id).Value is not { } provider || players.Play(provider) is not { } fake)
        {
            return Unknown(id, Played(registry, players));
        }

        Result<SandboxRequest> request = await SandboxRequest.ReadAsync(context.Request, context.RequestAborted);
        if (!request.IsSuccess)
        {
            return new ErrorResponse(request.Error);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(Mint(fake, provider.Accepts, request.Value), SandboxJson.Default.SandboxAnswer);
    }

    private static SandboxAnswer Mint(FakeProvider fake, TextList accepts, SandboxRequest request)
    {
        MintedCredentials minted = fake.Mint(new MintOptions
        {
            User = request.User,
            Email = request.Email,
            EmailVerified = request.EmailVerified ?? true,
        });
        bool hasIdToken = accepts.Contains("id_token", StringComparer.Ordinal);
        bool hasCode = accepts.Contains("code", StringComparer.Ordinal);
        return new SandboxAnswer
        {
            AccessToken = accepts.Contains("access_token", StringComparer.Ordinal) ? minted.AccessToken : null,
            IdToken = hasIdToken ? minted.IdToken : null,
            Nonce = hasIdToken || hasCode ? minted.Nonce : null,
            Code = hasCode ? minted.Code : null,
            RedirectUri = hasCode ? minted.RedirectUri : null,
            CodeVerifier = hasCode ? minted.CodeVerifier : null,
            User = minted.Form,
            Callback = hasCode ? minted.Callback.ToDictionary(p => p.Key, p => JsonSerializer.SerializeToElement(p.Value, SandboxJson.Default.String)) : null,
        };
    }

    private static IEnumerable<Provider> Played(ProviderRegistry registry, SandboxProviders players) =>
        registry.All.Where(provider => players.Play(provider) is not null);

    private static IResult Unknown(string id, IEnumerable<Provider> played)
    {
        string[] ids = [.. played.Select(provider => provider.Id)];
        string description = $"The sandbox does not play {id}. It plays every provider of the catalogue that has no client id of its own: {string.Join(", ", ids)}.";
        return Results.Problem(
            description,
            statusCode: StatusCodes.Status404NotFound,
            title: "Unknown provider",
            type: $"urn:cambio:error:{ErrorCodes.UnknownProvider}",
            extensions: new Dictionary<string, object?> { ["error"] = ErrorCodes.UnknownProvider, ["error_description"] = description, ["providers"] = ids });
    }

    private static string Help(HttpRequest request, IEnumerable<Provider> played)
    {
        Provider[] providers = [.. played];
        string root = $"{request.Scheme}://{request.Host}";
        return providers is [var first, ..]
            ? $"""
                Cambio's sandbox plays {providers.Length} providers: {string.Join(", ", providers.Select(provider => provider.Id))}

                Sign in at one, under any name:  curl -d user=ada {root}{SandboxProviders.Prefix}/{first.Id}
                Exchange what it answers:        curl -d {first.Accepts[0]}=... {root}/auth/{first.Id}

                In a browser the redirect flow, {root}/auth/{first.Id}/start?..., leads to a page that asks who signs in.

                """
            : "Cambio's sandbox plays nobody: every provider has a client id of its own, or is turned off.";
    }
}
