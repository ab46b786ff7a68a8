using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.EntityFrameworkCore;

/// <summary>Opens a fresh context for each unit of work, so that nothing tracked outlives it.</summary>
internal sealed class ContextSource(IServiceScopeFactory scopes, Type contextType)
{
    public Type ContextType => contextType;

    public ContextLease Open()
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        return new ContextLease(scope, (DbContext)scope.ServiceProvider.GetRequiredService(contextType));
    }
}

/// <summary>A context and the scope that it dies with.</summary>
internal readonly struct ContextLease(AsyncServiceScope scope, DbContext context) : IAsyncDisposable, IDisposable
{
    public DbContext Context => context;

    public ValueTask DisposeAsync() => scope.DisposeAsync();

    public void Dispose() => scope.Dispose();
}
