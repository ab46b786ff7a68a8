using System.Security.Claims;
using Cambio.AspNetCore;
using Cambio.EntityFrameworkCore;
using MinimalApi;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<AppDbContext>(options => options.UseSqlite("Data Source=app.db"));
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

await app.RunAsync();
