using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Data.Writing.Batches;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;

namespace Moderation.Data.Writing;

/// <summary>Appends people's decisions and moves the comment's status along.</summary>
public sealed class DecisionWriter(
    DatabaseWriter writer, ChangeFeed changes, DeskObservers observers, TimeProvider time)
{
    /// <summary>Longest note that is kept, in UTF-16 units.</summary>
    public const int LongestNote = 4_000;

    /// <summary>Commits a decision, or says why not; a refused one leaves no trace.</summary>
    public async Task<DecisionOutcome> DecideAsync(DecisionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Check(request) is { } problem)
        {
            return new DecisionOutcome(DecisionResult.Refused, problem, null);
        }

        var outcome = await writer.WriteAsync(
            WritePriority.Person, Durability.Acknowledged, session => Decide(session, request), cancellationToken);
        FailPoint.Pass(FailPoint.BeforeDecisionAnswer);
        if (outcome.Result == DecisionResult.Done)
        {
            changes.Notify();
            await observers.DecidedAsync(outcome.Comment!);
        }

        return outcome;
    }

    private static string? Check(DecisionRequest request)
    {
        if (!Enum.IsDefined(request.Action))
        {
            return "There is no such action.";
        }

        if (request.Action == DecisionAction.Remove && RemovalReason.Find(request.Reason) is null)
        {
            return $"A removal needs a reason: {string.Join(", ", RemovalReason.All.Select(reason => reason.Code))}.";
        }

        if (request.Action != DecisionAction.Remove && request.Reason is not null)
        {
            return "Only a removal has a reason.";
        }

        return request.Note?.Length > LongestNote ? $"A note may have up to {LongestNote} characters." : null;
    }

    private DecisionOutcome Decide(WriteSession session, DecisionRequest request)
    {
        var context = session.Context;
        var comment = context.Comments.SingleOrDefault(row => row.Id == request.CommentId);
        if (comment is null)
        {
            return new DecisionOutcome(DecisionResult.NotFound, "There is no such comment.", null);
        }

        var inForce = comment.DecisionId is { } id ? context.Decisions.Single(row => row.Id == id) : null;
        if (comment.Version != request.ExpectedVersion)
        {
            return new DecisionOutcome(DecisionResult.Stale, DescribeChange(comment, inForce), State(comment, inForce));
        }

        var decision = new Decision
        {
            CommentId = comment.Id,
            TextVersion = comment.TextVersion,
            Action = request.Action,
            Reason = request.Reason,
            Note = string.IsNullOrWhiteSpace(request.Note) ? null : StoredText.From(request.Note.Trim()),
            Actor = request.Actor,
            At = time.GetUtcNow(),
            StatusBefore = comment.Status,
            PreviousId = comment.DecisionId,
        };
        if (request.Action == DecisionAction.Undo)
        {
            if (inForce is null)
            {
                return new DecisionOutcome(DecisionResult.Refused, "There is no decision to undo.", State(comment, null));
            }

            decision.UndoesId = inForce.Id;
            decision.StatusAfter = StatusWithout(inForce, comment);
            context.Decisions.Add(decision);
            comment.DecisionId = inForce.PreviousId;
        }
        else
        {
            decision.StatusAfter = StatusAfter(request.Action, comment.Status);
            context.Decisions.Add(decision);
            context.SaveChanges();
            comment.DecisionId = request.Action == DecisionAction.Skip ? comment.DecisionId : decision.Id;
        }

        if (decision.StatusAfter == CommentStatus.Pending && comment.Status != CommentStatus.Pending)
        {
            comment.QueueNumber = session.Numbers.NextInQueue();
        }

        if (decision.Action is DecisionAction.Approve or DecisionAction.Remove or DecisionAction.Undo)
        {
            session.Windows.CountDecision(comment.SourceId, comment.CommunityId, decision.Action, decision.At.ToUnixTimeMilliseconds());
        }

        comment.Status = decision.StatusAfter;
        comment.Version++;
        inForce = comment.DecisionId is { } now ? context.Decisions.Single(row => row.Id == now) : null;
        comment.EditedAfterDecision = inForce is not null && inForce.TextVersion != comment.TextVersion;
        context.SaveChanges();
        return new DecisionOutcome(DecisionResult.Done, null, State(comment, inForce));
    }

    private static CommentStatus StatusAfter(DecisionAction action, CommentStatus before) => action switch
    {
        DecisionAction.Approve => CommentStatus.Approved,
        DecisionAction.Remove => CommentStatus.Removed,
        DecisionAction.Escalate => CommentStatus.Escalated,
        _ => before,
    };

    /// <summary>Where the comment would stand if the decision had never been made, whatever its source did since.</summary>
    private static CommentStatus StatusWithout(Decision undone, Comment comment)
    {
        var waits = undone.StatusBefore is CommentStatus.Pending or CommentStatus.Escalated;
        if (comment.WithdrawnAt is not null)
        {
            return waits ? CommentStatus.Unflagged : undone.StatusBefore;
        }

        // A text over the threshold that came behind the decision would have gone to the queue.
        var edited = undone.TextVersion != comment.TextVersion;
        return edited && comment.Flagged && (undone.StatusBefore is CommentStatus.Unflagged or CommentStatus.Approved)
            ? CommentStatus.Pending
            : undone.StatusBefore;
    }

    private static string DescribeChange(Comment comment, Decision? inForce)
    {
        if (comment.WithdrawnAt is not null)
        {
            return "The comment was deleted at its source meanwhile.";
        }

        if (comment.EditedAfterDecision)
        {
            return "The text changed meanwhile; look at it again.";
        }

        return inForce is null
            ? "The comment changed meanwhile; look at it again."
            : $"{inForce.Actor} decided meanwhile: {Past(inForce.Action)}.";
    }

    private static string Past(DecisionAction action) => action switch
    {
        DecisionAction.Approve => "approved",
        DecisionAction.Remove => "removed",
        DecisionAction.Escalate => "escalated",
        _ => "changed",
    };

    private static CommentState State(Comment comment, Decision? decision) => new(
        comment.Id, comment.Version, comment.TextVersion, comment.Status, comment.QueueNumber, comment.WithdrawnAt is not null,
        decision is null ? null : new DecisionSummary(decision.Id, decision.Action, decision.Reason, decision.Note, decision.Actor, decision.At));
}
