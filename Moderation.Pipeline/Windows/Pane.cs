namespace Moderation.Pipeline.Windows;

/// <summary>An open pane of one community.</summary>
internal sealed class Pane(int community, long index, in WindowTotals totals)
{
    private WindowTotals _totals = totals;
    private WindowTotals _saved = totals;

    public int Community => community;

    public long Index => index;

    public ref readonly WindowTotals Totals => ref _totals;

    /// <summary>Changed since results were taken.</summary>
    public bool IsUnreported { get; set; }

    /// <summary>Changed since changes were taken.</summary>
    public bool IsUnsaved { get; set; }

    public void Add(in WindowTotals one) => _totals.Accumulate(one);

    /// <summary>What came since the last call.</summary>
    public WindowTotals TakeDelta()
    {
        var delta = _totals - _saved;
        (_saved, IsUnsaved) = (_totals, false);
        return delta;
    }
}
