using Cambio.AspNetCore;
using Cambio.EntityFrameworkCore;
using Invitation;

var builder = WebApplication.CreateBuilder(args);
#region add
builder.Services.AddCambio(builder.Configuration).AddSqliteStore("Data Source=app.db").AddStep<RequireInvitation>("require-invitation");
#endregion

var app = builder.Build();
app.MapCambio("/auth");
await app.RunAsync();
