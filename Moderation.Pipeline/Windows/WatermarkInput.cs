namespace Moderation.Pipeline.Windows;

/// <summary>One of several inputs whose event times are followed together.</summary>
public sealed class WatermarkInput(Watermark watermark, Idleness idleness)
{
    /// <summary>Milliseconds since the epoch; null before the first event.</summary>
    public long? Watermark => watermark.Current;

    public bool IsIdle => idleness.IsIdle;

    /// <summary>Takes an event in; true when it came behind this input's own watermark.</summary>
    /// <param name="eventTime">Milliseconds since the epoch.</param>
    public bool Observe(long eventTime)
    {
        idleness.Observe();
        return watermark.Observe(eventTime);
    }
}
