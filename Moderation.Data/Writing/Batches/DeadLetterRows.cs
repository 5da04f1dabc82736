using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;

namespace Moderation.Data.Writing.Batches;

/// <summary>Writes what became of a batch's dead letters, and of the one that the batch tries again.</summary>
internal static class DeadLetterRows
{
    /// <summary>The batch tries a letter again that was closed meanwhile: it must leave no trace.</summary>
    public static bool IsClosed(WriteSession session, ScoredBatch scored) =>
        scored.Batch.ReplayedLetter is { } letter && session.Sources.FindOpenDeadLetter.Set(1, letter).Scalar() is null;

    /// <summary>A batch of which nothing was written.</summary>
    public static CommittedBatch Nothing(WriteSession session, ScoredBatch scored) => new(scored with { Comments = [], DeadLetters = [] }, [])
    {
        Greatest = session.Windows.Of(session.Keys.Source(scored.Batch.Source)).Greatest,
    };

    public static void Write(WriteSession session, int source, ScoredBatch scored, IReadOnlyList<CommittedComment> committed)
    {
        if (scored.Batch.ReplayedLetter is not { } replayed)
        {
            foreach (var letter in scored.DeadLetters)
            {
                Add(session, source, letter, scored.ReceivedAt);
            }
        }
        else if (scored.DeadLetters is [var again, ..])
        {
            session.Sources.FailDeadLetter.Set(1, replayed).Set(2, StoredText.From(again.Reason)).Execute();
        }
        else
        {
            // A withdrawal of an unknown comment has none.
            var comment = committed is [{ Id: > 0 and var id }, ..] ? id : (long?)null;
            session.Sources.CloseDeadLetter.Set(1, replayed).Set(2, scored.ScoredAt.ToUnixTimeMilliseconds()).Set(3, comment).Execute();
        }
    }

    private static void Add(WriteSession session, int source, DeadLetter letter, DateTimeOffset at) => session.Sources.AddDeadLetter
        .Set(1, source).Set(2, StoredText.From(letter.Place)).Set(3, StoredText.From(letter.Reason)).Set(4, StoredText.From(letter.Original))
        .Set(5, at.ToUnixTimeMilliseconds()).Set(6, (int)letter.Form).Set(7, letter.Header is null ? null : StoredText.From(letter.Header))
        .Set(8, letter.Record).Set(9, letter.TextColumn).Set(10, letter.Cut)
        .Execute();
}
