using System.ComponentModel.DataAnnotations;

namespace Moderation.Pipeline.Flagging;

/// <summary>Settings under <c>Moderation:Threshold</c>.</summary>
public sealed class ThresholdOptions
{
    public const string Section = "Moderation:Threshold";

    /// <summary>The talk's <c>MODERATION_THRESHOLD</c>.</summary>
    public const double TalkThreshold = 0.5;

    /// <summary>The site's threshold until somebody sets one, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double Default { get; set; } = TalkThreshold;
}
