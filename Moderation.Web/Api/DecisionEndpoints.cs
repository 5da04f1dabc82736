using Microsoft.AspNetCore.Http.HttpResults;

using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;

namespace Moderation.Web.Api;

/// <summary><c>POST /api/v1/comments/{id}/decisions</c>: what a person decided in another program.</summary>
internal static class DecisionEndpoints
{
    /// <summary>Whose decisions these are: there are no accounts yet.</summary>
    public const string Actor = "api";

    private static readonly Dictionary<string, DecisionAction> _actions =
        Enum.GetValues<DecisionAction>().ToDictionary(Word, StringComparer.Ordinal);

    public static void MapDecisions(this IEndpointRouteBuilder app) => app.MapPost("/api/v1/comments/{id:long}/decisions", DecideAsync);

    private static async Task<Results<JsonHttpResult<DecidedDocument>, ProblemHttpResult>> DecideAsync(
        HttpContext context, long id, DecisionOrder order, DecisionWriter decisions)
    {
        if (order.Action is null || !_actions.TryGetValue(order.Action, out var action))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, $"'action' is one of {string.Join(", ", _actions.Keys)}.");
        }

        if (order.ExpectedVersion is not { } version)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "'expectedVersion' is missing: the version of the comment that the person saw.");
        }

        DecisionOutcome outcome;
        try
        {
            // Not cancelled with the request: a caller who hangs up must not leave the writer half-way.
            outcome = await decisions.DecideAsync(new DecisionRequest(id, action, version, Actor, order.Reason, order.Note), CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            context.Response.Headers.RetryAfter = "1";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, $"Nothing was decided. {e.Message}");
        }

        return outcome switch
        {
            { Result: DecisionResult.Done, Comment: { } comment } =>
                TypedResults.Json(DecidedDocument.From(comment), statusCode: StatusCodes.Status201Created),
            { Result: DecisionResult.NotFound } => Problems.Of(StatusCodes.Status404NotFound, outcome.Message!),

            // Without the comment the request itself does not fit; with it, how the comment stands.
            { Comment: null } => Problems.Of(StatusCodes.Status400BadRequest, outcome.Message!),
            _ => Problems.Of(
                StatusCodes.Status409Conflict, outcome.Message!,
                new Dictionary<string, object?> { ["comment"] = DecidedDocument.From(outcome.Comment) }),
        };
    }

    internal static string Word(DecisionAction action) => action.ToString().ToLowerInvariant();
}

/// <param name="Action">approve, remove, skip, escalate or undo.</param>
/// <param name="Reason">Code of a removal reason; for a removal only.</param>
/// <param name="ExpectedVersion">The comment's version that the person saw.</param>
public sealed record DecisionOrder(string? Action, string? Reason, string? Note, int? ExpectedVersion);

/// <summary>How a comment stands.</summary>
/// <param name="Version">Grows with everything that happens to the comment; the next decision names it.</param>
/// <param name="TextVersion">1 for the first text.</param>
/// <param name="Status">By its name, as the export and the hub write it.</param>
/// <param name="Decision">The decision in force.</param>
public sealed record DecidedDocument(long Id, int Version, int TextVersion, string Status, bool Withdrawn, DecisionDocument? Decision)
{
    public static DecidedDocument From(CommentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(
            state.Id, state.Version, state.TextVersion, state.Status.ToString(), state.Withdrawn,
            state.Decision is { } decision
                ? new DecisionDocument(
                    decision.Id, DecisionEndpoints.Word(decision.Action), decision.Reason, decision.Note, decision.Actor, decision.At)
                : null);
    }
}

public sealed record DecisionDocument(long Id, string Action, string? Reason, string? Note, string Actor, DateTimeOffset At);
