namespace Moderation.Pipeline.Models.Training;

/// <summary>A labelled text.</summary>
/// <param name="Hash">Of its normalised form; the same for the same text, and the order that texts are read in.</param>
/// <param name="Group">Decides to which side of a split the text goes: the hash again, or that of its group.</param>
internal readonly record struct TrainingText(UInt128 Hash, UInt128 Group, string Body, bool Removed)
{
    public static TrainingText Of(LabelledComment comment)
    {
        var hash = TextHash.Of(comment.Body);
        return new TrainingText(hash, comment.Group is null ? hash : TextHash.Of(comment.Group), comment.Body, comment.Removed);
    }

    /// <summary>Which of <paramref name="folds"/> parts the text belongs to in a cross-validation.</summary>
    public int Fold(int folds) => (int)((ulong)(Group >> 64) % (ulong)folds);

    /// <summary>Whether the text is among the share that is held out; independent of <see cref="Fold"/>.</summary>
    public bool IsHeldOut(double share) => (ulong)Group / (double)ulong.MaxValue < share;
}
