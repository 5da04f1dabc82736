using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;

namespace Moderation.Data.Writing;

/// <summary>Writes a scored batch with its dead letters and its checkpoint into an open transaction.</summary>
internal static class BatchWriter
{
    public static CommittedBatch Write(WriteSession session, ScoredBatch scored)
    {
        var statements = session.Statements;
        var transaction = session.Transaction;
        var source = statements.SourceKey(transaction, scored.Batch.Source);
        var at = scored.ReceivedAt.ToUnixTimeMilliseconds();
        var committed = new List<CommittedComment>(scored.Comments.Count);
        foreach (var comment in scored.Comments)
        {
            committed.Add(comment.Comment.Deleted
                ? Withdraw(session, source, comment, at)
                : Add(session, source, scored, comment, at));
            FailPoint.Pass(FailPoint.InsideCommit);
        }

        foreach (var letter in scored.DeadLetters)
        {
            statements.AddDeadLetter.Execute(transaction, source, letter.Place, letter.Reason, StoredText.From(letter.Original), at);
        }

        if (scored.Batch.Position is { } position)
        {
            statements.SetCheckpoint.Execute(transaction, source, position.Value, scored.ScoredAt.ToUnixTimeMilliseconds());
        }

        return new CommittedBatch(scored, committed);
    }

    private static CommittedComment Add(WriteSession session, int source, ScoredBatch scored, ScoredComment comment, long at)
    {
        var statements = session.Statements;
        var transaction = session.Transaction;
        var incoming = comment.Comment;
        var body = StoredText.From(incoming.Body);
        var id = statements.NextId(transaction);
        var status = comment.Flagged ? CommentStatus.Pending : CommentStatus.Unflagged;
        var added = statements.AddComment.Execute(
            transaction, id, source, incoming.ExternalId, statements.CommunityKey(transaction, incoming.Community),
            statements.AuthorKey(transaction, source, incoming.Author), incoming.ThreadId, incoming.ParentId, incoming.Url,
            incoming.Score, comment.CreatedAt.ToUnixTimeMilliseconds(), at, (int)status, comment.Probability, comment.Threshold,
            comment.Flagged ? 1 : 0, scored.ModelKey, comment.Flagged ? statements.NextQueueNumber(transaction) : 0L);
        if (added == 0)
        {
            return AddAgain(session, source, scored, comment, body, at);
        }

        statements.UseId();
        AddTextAndPrediction(session, scored, comment, id, textVersion: 1, body, at);
        return new CommittedComment(comment, id, CommentOutcome.Stored, Enqueued: comment.Flagged);
    }

    /// <summary>The comment is known: the same text is a duplicate, another one a new version.</summary>
    private static CommittedComment AddAgain(
        WriteSession session, int source, ScoredBatch scored, ScoredComment comment, string body, long at)
    {
        var known = Find(session, source, comment.Comment.ExternalId)!.Value;
        if (string.Equals(known.Body, body, StringComparison.Ordinal))
        {
            return new CommittedComment(comment, known.Id, CommentOutcome.Duplicate, Enqueued: false);
        }

        // Over the threshold it waits for a person again, unless it is removed; what waits already goes on waiting.
        var returns = comment.Flagged && !known.Withdrawn && (known.Status is CommentStatus.Unflagged or CommentStatus.Approved);
        var status = returns ? CommentStatus.Pending : known.Status;
        var queueNumber = returns ? session.Statements.NextQueueNumber(session.Transaction) : known.QueueNumber;
        var textVersion = known.TextVersion + 1;
        session.Statements.EditComment.Execute(
            session.Transaction, known.Id, textVersion, (int)status, comment.Probability, comment.Threshold,
            comment.Flagged ? 1 : 0, scored.ModelKey, queueNumber);
        AddTextAndPrediction(session, scored, comment, known.Id, textVersion, body, at);
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
        session.Statements.WithdrawComment.Execute(session.Transaction, known.Id, (int)status, at);
        return new CommittedComment(comment, known.Id, CommentOutcome.Withdrawn, Enqueued: false);
    }

    private static void AddTextAndPrediction(
        WriteSession session, ScoredBatch scored, ScoredComment comment, long id, int textVersion, string body, long at)
    {
        session.Statements.AddText.Execute(session.Transaction, id, textVersion, at, body);
        session.Statements.AddPrediction.Execute(
            session.Transaction, id, textVersion, scored.ModelKey, comment.Probability, comment.Threshold,
            scored.ScoredAt.ToUnixTimeMilliseconds());
    }

    private static Known? Find(WriteSession session, int source, string externalId)
    {
        using var reader = session.Statements.FindComment.Query(session.Transaction, source, externalId);
        return reader.Read()
            ? new Known(
                reader.GetInt64(0), reader.GetInt32(2), (CommentStatus)reader.GetInt32(3), !reader.IsDBNull(4), reader.GetInt64(5), reader.GetString(6))
            : null;
    }

    private readonly record struct Known(long Id, int TextVersion, CommentStatus Status, bool Withdrawn, long QueueNumber, string Body);
}
