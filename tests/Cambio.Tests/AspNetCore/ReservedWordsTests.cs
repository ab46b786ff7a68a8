using Cambio.Providers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore;

public sealed class ReservedWordsTests(StandingHost standing) : IClassFixture<StandingHost>
{
    [Fact]
    public void No_provider_can_have_the_word_of_an_endpoint_as_its_id()
    {
        string[] words =
        [
            .. from endpoint in standing.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let segments = endpoint.RoutePattern.PathSegments
               where segments.Count > 1 && segments[0].Parts is [RoutePatternLiteralPart { Content: "auth" }]
               from word in segments[1].Parts.OfType<RoutePatternLiteralPart>()
               select word.Content,
        ];

        Assert.Superset(new HashSet<string> { "token", "me", "providers", "jwks", "logout" }, words.ToHashSet());
        Assert.All(words, static word => Assert.True(!ProviderId.IsValid(word), word));
    }
}
