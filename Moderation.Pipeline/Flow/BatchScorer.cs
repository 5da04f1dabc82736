using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow;

/// <summary>The stage that gives each comment its probability and decides whether a person should look at it.</summary>
internal sealed class BatchScorer(
    LiveModel liveModel, LiveThresholds liveThresholds, PipelineStatistics statistics, PipelineOptions options, TimeProvider time)
{
    private readonly TimeSpan _futureSkew = TimeSpan.FromMilliseconds(options.FutureSkewMilliseconds);

    public async ValueTask<ScoredBatch> ScoreAsync(CommentBatch batch, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        // Read once: a promotion or a new threshold takes effect between batches.
        var model = await liveModel.GetAsync(cancellationToken);
        var thresholds = liveThresholds.Current;
        var scored = new List<ScoredComment>(batch.Comments.Count);
        var deadLetters = batch.DeadLetters;
        var clamped = 0;
        foreach (var comment in batch.Comments)
        {
            var createdAt = comment.CreatedAt ?? receivedAt;
            var impossible = createdAt > receivedAt + _futureSkew || createdAt < DateTimeOffset.UnixEpoch;
            if (impossible)
            {
                // No time that anything can have been written at: a broken clock, or a field that was never filled.
                createdAt = receivedAt;
                clamped++;
            }

            double probability;
            try
            {
                probability = comment.Deleted ? 0 : model.Scorer.Score(comment.Body);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // One comment that the scorer chokes on must not stop the others.
                deadLetters = [.. deadLetters, DeadLetter.FromComment(comment, $"id {comment.ExternalId}", $"It could not be scored: {e.Message}")];
                continue;
            }

            var threshold = thresholds.For(comment.Community);
            scored.Add(new ScoredComment(
                comment, createdAt, probability, threshold, !comment.Deleted && ThresholdTable.Flags(probability, threshold), impossible));
        }

        var result = new ScoredBatch(batch, scored, deadLetters, model.Key, receivedAt, time.GetUtcNow());
        statistics.Scored(result, clamped);
        return result;
    }
}
