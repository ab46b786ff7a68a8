using System.Net.Http.Headers;
using System.Security.Claims;
using Cambio;
using Cambio.AspNetCore;
using Cambio.EntityFrameworkCore;
using Cambio.Vault;
using MinimalApi;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<AppDbContext>(options => options.UseSqlite("Data Source=app.db"));
builder.Services.AddHttpClient();
#region cambio
builder.Services.AddCambio(builder.Configuration).AddEntityFrameworkStore<AppDbContext>();
#endregion

var app = builder.Build();
await using (AsyncServiceScope scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.EnsureCreatedAsync();
}

#region cambio
app.MapCambio("/auth");
app.MapGet("/hello", (ClaimsPrincipal me) => $"Hello {me.Identity!.Name}").RequireAuthorization();
#endregion

#region provider-tokens
app.MapGet("/calendars", async (ClaimsPrincipal me, IProviderTokens tokens, IHttpClientFactory clients, CancellationToken cancellation) =>
{
    Result<ProviderAccessToken> google = await tokens.GetAccessTokenAsync(me.FindFirstValue("sub")!, "google", cancellationToken: cancellation);
    if (!google.IsSuccess)
    {
        return Results.Problem(title: google.Error.Code, statusCode: StatusCodes.Status409Conflict);
    }

    using HttpClient client = clients.CreateClient();
    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", google.Value.Token);
    return Results.Text(await client.GetStringAsync("https://www.googleapis.com/calendar/v3/users/me/calendarList", cancellation), "application/json");
}).RequireAuthorization();
#endregion

await app.RunAsync();
