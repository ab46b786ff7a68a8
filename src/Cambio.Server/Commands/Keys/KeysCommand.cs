using System.Text.Json;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.Extensions.Options;

namespace Cambio.Server.Commands.Keys;

/// <summary><c>keys</c> lists the signing keys of the server's store, <c>keys retire</c> retires one. Serves nothing, makes no key and no store.</summary>
internal sealed class KeysCommand(string[] settings, TextWriter output, TextWriter error)
{
    public Task<int> ListAsync(bool json, CancellationToken cancellationToken) => OnStoreAsync(async (store, time) =>
    {
        IReadOnlyList<KeyFacts> keys = KeyFacts.Of(new SigningKeySchedule(await store.ListAsync(cancellationToken)), time.GetUtcNow());
        output.WriteLine(
            json ? JsonSerializer.Serialize(keys, CommandsJson.Default.IReadOnlyListKeyFacts)
            : keys.Count == 0 ? "There is no key yet: the server makes the first one when it starts."
            : string.Join(Environment.NewLine, KeysTable.Lines(keys)));
        return 0;
    });

    public Task<int> RetireAsync(string id, CancellationToken cancellationToken) => OnStoreAsync(async (store, time) =>
    {
        DateTimeOffset now = time.GetUtcNow();
        var schedule = new SigningKeySchedule(await store.ListAsync(cancellationToken));
        if (schedule.Keys.All(key => key.Id != id))
        {
            error.WriteLine($"The store has no signing key with the id {id}. The command keys lists those that it has.");
            return 1;
        }

        if (!await store.RetireAsync(id, now, cancellationToken))
        {
            output.WriteLine($"{id} was retired before; nothing is to be done.");
            return 0;
        }

        bool didSign = schedule.Signing(now)?.Id == id;
        schedule = new SigningKeySchedule(await store.ListAsync(cancellationToken));
        foreach (string line in WhatHappensNext(id, didSign, schedule.Signing(now)?.Id))
        {
            output.WriteLine(line);
        }

        return 0;
    });

    private static IEnumerable<string> WhatHappensNext(string id, bool didSign, string? signing)
    {
        yield return $"{id} is retired.";
        yield return "Within a minute every instance has it out of /auth/jwks, signs no more with it, and answers its access tokens with 401; clients that refresh theirs go on.";
        yield return (didSign, signing) switch
        {
            (true, null) => "It was the one that signs: the first instance that sees it makes a new key, which signs at once, without the hour of announcement.",
            (true, _) => $"It was the one that signs: {signing}, the next one, signs at once, without waiting for the rest of its hour of announcement.",
            (false, null) => "It was not the one that signs.",
            (false, _) => $"It was not the one that signs; {signing} still does.",
        };
        yield return "Whoever else verifies our tokens may have /auth/jwks cached for up to 15 minutes, and until then accepts this key and does not know a new one: restart what cannot wait.";
    }

    private async Task<int> OnStoreAsync(Func<ISigningKeyStore, TimeProvider, Task<int>> work)
    {
        try
        {
            WebApplicationBuilder builder = ServerBuilder.Create(settings, StoreUse.Existing);
            builder.Logging.ClearProviders();
            await using WebApplication app = builder.Build();
            return await work(app.Services.GetRequiredService<ISigningKeyStore>(), app.Services.GetRequiredService<TimeProvider>());
        }
        catch (StoreUnavailableException exception)
        {
            error.WriteLine($"The store cannot be used: {exception.Message} See that Cambio:Store names it as it does for the server, whose first start makes it, and that this user may write there.");
            return 1;
        }
        catch (OptionsValidationException mistakes)
        {
            Array.ForEach(StartMistakes.Of(mistakes), error.WriteLine);
            return 1;
        }
    }
}
