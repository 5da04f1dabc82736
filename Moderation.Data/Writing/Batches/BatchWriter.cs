using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;

namespace Moderation.Data.Writing.Batches;

/// <summary>Writes a scored batch with its dead letters and its checkpoint into an open transaction.</summary>
internal static class BatchWriter
{
    public static CommittedBatch Write(WriteSession session, ScoredBatch scored)
    {
        if (DeadLetterRows.IsClosed(session, scored))
        {
            return DeadLetterRows.Nothing(session, scored);
        }

        var source = session.Keys.Source(scored.Batch.Source);
        var committed = new List<CommittedComment>(scored.Comments.Count);
        for (var k = 0; k < scored.Comments.Count; k++)
        {
            committed.Add(Write(session, source, scored, k));
            FailPoint.Pass(FailPoint.InsideCommit);
        }

        return Close(session, source, scored, committed);
    }

    /// <summary>Comment by comment: one that cannot be stored becomes a dead letter and leaves no other trace.</summary>
    public static CommittedBatch WriteCarefully(WriteSession session, ScoredBatch scored)
    {
        if (DeadLetterRows.IsClosed(session, scored))
        {
            return DeadLetterRows.Nothing(session, scored);
        }

        var source = session.Keys.Source(scored.Batch.Source);
        var committed = new List<CommittedComment>(scored.Comments.Count);
        var letters = new List<DeadLetter>(scored.DeadLetters);
        for (var k = 0; k < scored.Comments.Count; k++)
        {
            session.Savepoints.Begin.Execute();
            try
            {
                committed.Add(Write(session, source, scored, k));
            }
            catch (Exception e) when (PredictionStore.IsOfTheRows(e))
            {
                session.Savepoints.RollBack.Execute();
                session.Keys.Forget();
                var comment = scored.Comments[k].Comment;
                letters.Add(DeadLetter.FromComment(comment, $"id {comment.ExternalId}", $"It could not be stored: {e.Message}"));
            }

            session.Savepoints.Release.Execute();
        }

        return Close(session, source, scored with { DeadLetters = letters }, committed);
    }

    private static CommittedComment Write(WriteSession session, int source, ScoredBatch scored, int index)
    {
        var comment = scored.Comments[index];
        if (scored.Batch.Rescoring is not null)
        {
            return AddPredictionOnce(session, scored, comment, scored.Texts[index]);
        }

        var at = scored.ReceivedAt.ToUnixTimeMilliseconds();
        return comment.Comment.Deleted ? Withdraw(session, source, comment, at) : Add(session, source, scored, comment, at);
    }

    /// <summary>Writes what is not a comment's. A stored comment that could not be rescored is kept already: it becomes no dead letter.</summary>
    private static CommittedBatch Close(WriteSession session, int source, ScoredBatch scored, IReadOnlyList<CommittedComment> committed)
    {
        var rescored = scored.Batch.Rescoring is not null;
        if (!rescored)
        {
            DeadLetterRows.Write(session, source, scored, committed);
        }

        session.Rereading.Pass(source, scored);
        if (scored.Batch.Position is { } position)
        {
            session.Sources.SetCheckpoint.Set(1, source).Set(2, position.Value).Set(3, scored.ScoredAt.ToUnixTimeMilliseconds()).Execute();
        }

        return new CommittedBatch(scored, committed) { Greatest = rescored ? null : session.Windows.Of(source).Greatest };
    }

    /// <summary>
    /// Writes what another model says of a stored text. The comment, its status, its place in the queue, windows and outbox stay as
    /// they are: those follow the model that was live when the text came in.
    /// </summary>
    private static CommittedComment AddPredictionOnce(WriteSession session, ScoredBatch scored, ScoredComment comment, TextKey text)
    {
        // It is there when the same model scored the text as it came in, or in an earlier run.
        var added = session.Comments.AddPredictionOnce
            .Set(1, text.CommentId).Set(2, text.TextVersion).Set(3, scored.ModelKey).Set(4, comment.Probability).Set(5, comment.Threshold)
            .Set(6, scored.ScoredAt.ToUnixTimeMilliseconds())
            .Execute();
        return new CommittedComment(comment, text.CommentId, added == 0 ? CommentOutcome.Duplicate : CommentOutcome.Rescored, Enqueued: false);
    }

    private static CommittedComment Add(WriteSession session, int source, ScoredBatch scored, ScoredComment comment, long at)
    {
        var incoming = comment.Comment;
        var body = StoredText.From(incoming.Body);
        var id = session.Numbers.NextId();
        var community = session.Keys.Community(incoming.Community);
        var added = session.Comments.Add
            .Set(1, id).Set(2, source).Set(3, incoming.ExternalId).Set(4, community)
            .Set(5, session.Keys.Author(source, incoming.Author)).Set(6, incoming.ThreadId).Set(7, incoming.ParentId).Set(8, incoming.Url)
            .Set(9, incoming.Score).Set(10, comment.CreatedAt.ToUnixTimeMilliseconds()).Set(11, at)
            .Set(12, (int)(comment.Flagged ? CommentStatus.Pending : CommentStatus.Unflagged))
            .Set(13, comment.Probability).Set(14, comment.Threshold).Set(15, comment.Flagged).Set(16, scored.ModelKey)
            .Set(17, comment.Flagged ? session.Numbers.NextInQueue() : 0L)
            .Execute();
        if (added == 0)
        {
            return AddAgain(session, source, scored, comment, body, at);
        }

        session.Numbers.UseId();
        AddTextAndPrediction(session, scored, comment, id, textVersion: 1, body, at);
        if (comment.Flagged)
        {
            session.Outbox.Add(OutboxTopic.Alert, id, at);
        }

        var lateBy = session.Windows.Of(source).Add(community, comment);
        if (lateBy is not null)
        {
            session.Comments.MarkLate.Set(1, id).Set(2, lateBy).Execute();
        }

        return new CommittedComment(comment, id, CommentOutcome.Stored, Enqueued: comment.Flagged, Late: lateBy is not null);
    }

    /// <summary>The comment is known: the same text is a duplicate, another one a new version.</summary>
    private static CommittedComment AddAgain(
        WriteSession session, int source, ScoredBatch scored, ScoredComment comment, string body, long at)
    {
        var known = Find(session, source, comment.Comment.ExternalId)!.Value;
        if (string.Equals(known.Body, body, StringComparison.Ordinal) || session.Rereading.IsKnown(source, scored, known.Id, body))
        {
            return new CommittedComment(comment, known.Id, CommentOutcome.Duplicate, Enqueued: false);
        }

        // Over the threshold it waits for a person again, unless it is removed; what waits already goes on waiting.
        var returns = comment.Flagged && !known.Withdrawn && (known.Status is CommentStatus.Unflagged or CommentStatus.Approved);
        var textVersion = known.TextVersion + 1;
        session.Comments.Edit
            .Set(1, known.Id).Set(2, textVersion).Set(3, (int)(returns ? CommentStatus.Pending : known.Status))
            .Set(4, comment.Probability).Set(5, comment.Threshold).Set(6, comment.Flagged).Set(7, scored.ModelKey)
            .Set(8, returns ? session.Numbers.NextInQueue() : known.QueueNumber)
            .Execute();
        AddTextAndPrediction(session, scored, comment, known.Id, textVersion, body, at);
        if (returns)
        {
            session.Outbox.Add(OutboxTopic.Alert, known.Id, at);
        }

        return new CommittedComment(comment, known.Id, CommentOutcome.Edited, Enqueued: returns);
    }

    private static CommittedComment Withdraw(WriteSession session, int source, ScoredComment comment, long at)
    {
        if (Find(session, source, comment.Comment.ExternalId) is not { } known)
        {
            return new CommittedComment(comment, 0, CommentOutcome.Withdrawn, Enqueued: false);
        }

        if (known.Withdrawn)
        {
            return new CommittedComment(comment, known.Id, CommentOutcome.Duplicate, Enqueued: false);
        }

        // What waited needs nobody any more; what was decided stays decided.
        var status = known.Status is CommentStatus.Pending or CommentStatus.Escalated ? CommentStatus.Unflagged : known.Status;
        session.Comments.Withdraw.Set(1, known.Id).Set(2, (int)status).Set(3, at).Execute();
        return new CommittedComment(comment, known.Id, CommentOutcome.Withdrawn, Enqueued: false);
    }

    private static void AddTextAndPrediction(
        WriteSession session, ScoredBatch scored, ScoredComment comment, long id, int textVersion, string body, long at)
    {
        session.Comments.AddText.Set(1, id).Set(2, textVersion).Set(3, at).Set(4, body).Execute();
        session.Comments.AddPrediction
            .Set(1, id).Set(2, textVersion).Set(3, scored.ModelKey).Set(4, comment.Probability).Set(5, comment.Threshold)
            .Set(6, scored.ScoredAt.ToUnixTimeMilliseconds())
            .Execute();
    }

    private static Known? Find(WriteSession session, int source, string externalId)
    {
        var find = session.Comments.Find.Set(1, source).Set(2, externalId);
        Known? known = find.Step()
            ? new Known(
                find.GetInt64(0), find.GetInt32(1), (CommentStatus)find.GetInt32(2), !find.IsNull(3), find.GetInt64(4), find.GetString(5))
            : null;
        find.Reset();
        return known;
    }

    private readonly record struct Known(long Id, int TextVersion, CommentStatus Status, bool Withdrawn, long QueueNumber, string Body);
}
