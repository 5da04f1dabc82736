using Microsoft.AspNetCore.Http.HttpResults;

namespace Moderation.Web.Api;

/// <summary>Errors as RFC 9457 problem documents.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string detail, IDictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(detail: detail, statusCode: status, extensions: extensions);
}
