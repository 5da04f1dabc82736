namespace Moderation.Pipeline.Flagging;

/// <summary>The thresholds in force. A worker reads <see cref="Current"/> once for each batch.</summary>
public sealed class LiveThresholds(ThresholdTable initial)
{
    private volatile ThresholdTable _current = initial;

    public ThresholdTable Current => _current;

    public void Swap(ThresholdTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _current = table;
    }
}
