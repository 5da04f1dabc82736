using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;

namespace Moderation.Pipeline.Flow;

/// <summary>A comment with its prediction.</summary>
/// <param name="CreatedAt">Event time, clamped to the time of receipt when it lay in the future.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="Threshold">The threshold in force when it was scored.</param>
/// <param name="Flagged">The probability was greater than the threshold.</param>
/// <param name="Clamped">Its own time was impossible, and the time of receipt stands for it; it moves no watermark.</param>
public sealed record ScoredComment(
    IncomingComment Comment, DateTimeOffset CreatedAt, double Probability, double Threshold, bool Flagged, bool Clamped = false);

/// <summary>A batch with its predictions, all of one model, ready to be written.</summary>
/// <param name="ModelKey">The registry's key of that model.</param>
public sealed record ScoredBatch(
    CommentBatch Batch, IReadOnlyList<ScoredComment> Comments, IReadOnlyList<DeadLetter> DeadLetters,
    int ModelKey, DateTimeOffset ReceivedAt, DateTimeOffset ScoredAt)
{
    /// <summary>Of a batch that was rescored: the stored texts, one for each of <see cref="Comments"/>, in the same order; else none.</summary>
    public IReadOnlyList<TextKey> Texts { get; init; } = [];
}
