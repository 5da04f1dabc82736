namespace Moderation.Pipeline.Windows;

/// <summary>Why a window is reported.</summary>
public enum WindowResultKind
{
    /// <summary>The watermark has not reached its end; the value so far.</summary>
    Early,

    /// <summary>The watermark has reached its end since results were last taken.</summary>
    OnTime,

    /// <summary>It had fired before results were last taken, and late events changed it.</summary>
    Corrected,
}
