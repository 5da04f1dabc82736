using System.Diagnostics.CodeAnalysis;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;

namespace Moderation.Pipeline.Flow;

/// <summary>The stage that gives each comment its probability and decides whether a person should look at it.</summary>
internal sealed class BatchScorer(
    LiveModel liveModel, LiveThresholds liveThresholds, PipelineStatistics statistics, PipelineOptions options, TimeProvider time)
{
    private readonly TimeSpan _futureSkew = TimeSpan.FromMilliseconds(options.FutureSkewMilliseconds);

    public ValueTask<ScoredBatch> ScoreAsync(CommentBatch batch, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        batch.Rescoring is { } rescoring
            ? ValueTask.FromResult(Rescore(batch, rescoring, receivedAt))
            : ScoreIncomingAsync(batch, receivedAt, cancellationToken);

    private async ValueTask<ScoredBatch> ScoreIncomingAsync(CommentBatch batch, DateTimeOffset receivedAt, CancellationToken cancellationToken)
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

            if (!TryScore(model, comment, out var probability, out var letter))
            {
                deadLetters = [.. deadLetters, letter];
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

    /// <summary>The named model, whichever is live, beside the thresholds in force now.</summary>
    private ScoredBatch Rescore(CommentBatch batch, Rescoring rescoring, DateTimeOffset receivedAt)
    {
        var thresholds = liveThresholds.Current;
        var scored = new List<ScoredComment>(batch.Comments.Count);
        var texts = new List<TextKey>(batch.Comments.Count);
        var deadLetters = batch.DeadLetters;
        for (var k = 0; k < batch.Comments.Count; k++)
        {
            var comment = batch.Comments[k];
            if (!TryScore(rescoring.Model, comment, out var probability, out var letter))
            {
                deadLetters = [.. deadLetters, letter];
                continue;
            }

            var threshold = thresholds.For(comment.Community);
            scored.Add(new ScoredComment(
                comment, comment.CreatedAt ?? receivedAt, probability, threshold, ThresholdTable.Flags(probability, threshold)));
            texts.Add(rescoring.Texts[k]);
        }

        return new ScoredBatch(batch, scored, deadLetters, rescoring.Model.Key, receivedAt, time.GetUtcNow()) { Texts = texts };
    }

    /// <summary>One comment that the scorer chokes on must not stop the others.</summary>
    private static bool TryScore(LoadedModel model, IncomingComment comment, out double probability, [NotNullWhen(false)] out DeadLetter? letter)
    {
        try
        {
            probability = comment.Deleted ? 0 : model.Scorer.Score(comment.Body);
            letter = null;
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            probability = 0;
            letter = DeadLetter.FromComment(comment, $"id {comment.ExternalId}", $"It could not be scored: {e.Message}");
            return false;
        }
    }
}
