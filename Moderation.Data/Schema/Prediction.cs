namespace Moderation.Data.Schema;

/// <summary>What a model said of a text, with the threshold that was in force. Never changed.</summary>
public sealed class Prediction
{
    public long CommentId { get; set; }

    public int TextVersion { get; set; }

    public int ModelId { get; set; }

    public double Probability { get; set; }

    public double Threshold { get; set; }

    public DateTimeOffset ScoredAt { get; set; }
}
