using Cambio.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cambio.Server;

/// <summary>The OpenAPI document: what the endpoints tell of themselves, the bodies that they read, and the bearer.</summary>
internal static class OpenApiRegistration
{
    private const string Bearer = "bearer";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi(static options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Cambio", Version = "v1", Description = "A social credential in, our own API token out." };
            document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, BearerFormat = "JWT" });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer(static (schema, _, _) =>
        {
            LeaveOut(schema);
            return Task.CompletedTask;
        });
    });

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequestDescription>().LastOrDefault() is { } request)
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(request.Body, null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = request.ContentTypes.ToDictionary(static type => type, _ => new OpenApiMediaType { Schema = schema }),
            };
        }

        foreach ((string name, string meaning) in metadata.OfType<QueryDescription>().SelectMany(static query => query.Parameters))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = meaning,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        if (metadata.OfType<AuthorizationPolicy>().Any() || metadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        }
    }

    /// <summary>A value that may be null is left out when it is: neither required nor ever null.</summary>
    private static void LeaveOut(OpenApiSchema schema)
    {
        foreach ((string name, IOpenApiSchema member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (member is OpenApiSchema { Type: { } type } optional && type.HasFlag(JsonSchemaType.Null))
            {
                optional.Type = type & ~JsonSchemaType.Null;
                schema.Required?.Remove(name);
            }
        }
    }
}
