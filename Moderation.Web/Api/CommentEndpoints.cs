using System.Text.Json;
using System.Threading.Channels;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Web.Hosting;

namespace Moderation.Web.Api;

/// <summary><c>POST /api/v1/comments</c>: comments pushed in by whoever runs the site.</summary>
internal static class CommentEndpoints
{
    /// <summary>The source of comments whose caller names none.</summary>
    public const string DefaultSource = "api";

    private const int LongestSource = 100;

    /// <summary>Many small requests at once take all places for a moment; a full pipeline keeps them for longer.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(1);

    public static void MapComments(this IEndpointRouteBuilder app) => app.MapPost("/api/v1/comments", AddAsync);

    private static async Task<Results<JsonHttpResult<IngestDocument>, ProblemHttpResult>> AddAsync(
        HttpContext context, ModerationFlow flow, PipelineReadiness readiness, IngestBudget budget, IOptions<PipelineOptions> options,
        TimeProvider time, string? source, bool? score, CancellationToken stop)
    {
        if (!readiness.Current.Ready)
        {
            return Busy(context, $"The desk is not ready yet; nothing was accepted. {readiness.Current.Stage.TrimEnd('.')}.");
        }

        source ??= DefaultSource;
        if (string.IsNullOrWhiteSpace(source) || source.Length > LongestSource)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, $"The source's name has 1 to {LongestSource} characters.");
        }

        if (!CommentReader.IsAcceptable(context.Request))
        {
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "The body is JSON (application/json) or one JSON object a line (application/x-ndjson).");
        }

        using var room = budget.TryTake(context.Request.ContentLength, DeskServer.LargestBody);
        if (room is null)
        {
            return Busy(context, "Too many large requests are under way; nothing was accepted. Try again in a second.");
        }

        ParsedComments parsed;
        try
        {
            parsed = await CommentReader.ReadAsync(context.Request, stop);
        }
        catch (JsonException e)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, $"The body is not JSON: {e.Message}");
        }

        if (parsed.Comments.Count == 0)
        {
            var rejected = new Dictionary<string, object?> { ["rejected"] = parsed.Rejected };
            return Problems.Of(
                StatusCodes.Status400BadRequest,
                parsed.Rejected.Count == 0 ? "The body has no comment." : $"No comment can be accepted. The first: {parsed.Rejected[0].Reason}",
                rejected);
        }

        try
        {
            var commits = await EnterAsync(parsed.Comments, source, flow, options.Value.BatchSize, time, stop);
            if (commits is null)
            {
                return Busy(context, "The pipeline is full; nothing was accepted. Try again in a second.");
            }

            var committed = await Task.WhenAll(commits);
            return TypedResults.Json(
                Answer(committed, parsed, score == true), statusCode: StatusCodes.Status202Accepted);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The desk is shutting down. Send the comments again: what was kept is recognised.");
        }
    }

    private static ProblemHttpResult Busy(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, detail);
    }

    /// <summary>
    /// Null when no place came free for the first batch within a moment; the later ones wait for theirs, and so does the
    /// caller.
    /// </summary>
    private static async Task<List<Task<CommittedBatch>>?> EnterAsync(
        IReadOnlyList<IncomingComment> comments, string source, ModerationFlow flow, int batchSize, TimeProvider time, CancellationToken stop)
    {
        var commits = new List<Task<CommittedBatch>>();
        using var patience = new CancellationTokenSource(_longestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        foreach (var chunk in comments.Chunk(batchSize))
        {
            try
            {
                commits.Add(await flow.EnterAsync(
                    new CommentBatch(source, chunk) { Acknowledged = true }, commits.Count == 0 ? either.Token : stop));
            }
            catch (OperationCanceledException) when (commits.Count == 0 && patience.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                return null;
            }
        }

        return commits;
    }

    /// <summary>Comments that turned out on the way to be none that can be kept, with the reason that their dead letters have.</summary>
    private static IEnumerable<RejectedDocument> Lost(CommittedBatch[] committed, ParsedComments parsed)
    {
        if (committed.All(batch => batch.Comments.Count == batch.Scored.Batch.Comments.Count))
        {
            yield break;
        }

        var kept = committed.SelectMany(batch => batch.Comments).Select(comment => comment.Scored.Comment)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        var reasons = committed.SelectMany(batch => batch.Scored.DeadLetters).ToLookup(letter => letter.Place, letter => letter.Reason);
        for (var i = 0; i < parsed.Comments.Count; i++)
        {
            if (!kept.Contains(parsed.Comments[i]))
            {
                yield return new RejectedDocument(
                    parsed.Indexes[i], reasons[$"id {parsed.Comments[i].ExternalId}"].FirstOrDefault() ?? "It could not be kept.");
            }
        }
    }

    private static IngestDocument Answer(CommittedBatch[] committed, ParsedComments parsed, bool scores)
    {
        var rejected = parsed.Rejected.Concat(Lost(committed, parsed)).OrderBy(document => document.Index).ToList();
        var comments = committed.SelectMany(batch => batch.Comments).ToList();
        var duplicates = comments.Count(comment => comment.Outcome == CommentOutcome.Duplicate);
        return new IngestDocument(
            comments.Count - duplicates,
            duplicates,
            rejected,
            comments.ConvertAll(comment => new AcceptedDocument(
                comment.Scored.Comment.ExternalId,
                comment.Id,
                scores ? comment.Scored.Probability : null,
                scores ? comment.Scored.Flagged : null)));
    }
}

/// <param name="Accepted">New, edited or withdrawn comments, all committed.</param>
/// <param name="Duplicates">Comments that were known with the same text.</param>
public sealed record IngestDocument(
    int Accepted, int Duplicates, IReadOnlyList<RejectedDocument> Rejected, IReadOnlyList<AcceptedDocument> Items);

/// <param name="Index">0 for the first comment of the request.</param>
public sealed record RejectedDocument(int Index, string Reason);

/// <param name="Id">The desk's id.</param>
public sealed record AcceptedDocument(
    string ExternalId,
    long Id,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    double? Probability,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    bool? Flagged);
