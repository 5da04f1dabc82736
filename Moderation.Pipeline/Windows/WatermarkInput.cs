namespace Moderation.Pipeline.Windows;

/// <summary>One of several inputs whose event times are followed together. Safe to use from any thread.</summary>
public sealed class WatermarkInput(Watermark watermark, Idleness idleness)
{
    private readonly Lock _lock = new();

    /// <summary>Milliseconds since the epoch; null before the first event.</summary>
    public long? Watermark
    {
        get
        {
            lock (_lock)
            {
                return watermark.Current;
            }
        }
    }

    /// <summary>The greatest event time, in milliseconds since the epoch; null before the first event.</summary>
    public long? Greatest
    {
        get
        {
            lock (_lock)
            {
                return watermark.Greatest;
            }
        }
    }

    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return idleness.IsIdle;
            }
        }
    }

    /// <summary>Something came whose time is not known yet: the input is not idle.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            idleness.Observe();
        }
    }

    /// <summary>Takes an event in; true when it came behind this input's own watermark.</summary>
    /// <param name="eventTime">Milliseconds since the epoch.</param>
    public bool Observe(long eventTime)
    {
        lock (_lock)
        {
            idleness.Observe();
            return watermark.Observe(eventTime);
        }
    }
}
