namespace Moderation.Pipeline.Windows;

/// <summary>
/// Panes and windows by number. Pane <c>p</c> is <c>[p · slide, (p + 1) · slide)</c>; window <c>w</c> ends at <c>w · slide</c> and is
/// the panes <c>w − overlap</c> to <c>w − 1</c>; so pane <c>p</c> is in the windows <c>p + 1</c> to <c>p + overlap</c>.
/// </summary>
internal sealed class WindowGrid(WindowOptions options)
{
    /// <summary>Before every window, and far enough from the end of the numbers to be counted from.</summary>
    public const long BeforeAll = long.MinValue / 2;

    private readonly long _outOfOrderness = (long)options.OutOfOrderness.TotalMilliseconds;
    private readonly long _lateness = (long)options.Lateness.TotalMilliseconds;

    /// <summary>Milliseconds.</summary>
    public long Slide { get; } = (long)options.Slide.TotalMilliseconds;

    /// <summary>Panes in a window, and windows that a pane is in.</summary>
    public int Overlap { get; } = options.Overlap;

    /// <summary>The number of the slide that a time lies in; rounds down on both sides of the epoch.</summary>
    public long Floor(long time)
    {
        var (quotient, remainder) = Math.DivRem(time, Slide);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The last window that has fired: the watermark has reached its end less 1 ms.</summary>
    public long Fired(long? watermark) => watermark is { } mark ? Floor(mark + 1) : BeforeAll;

    /// <summary>The last window that is closed: the watermark has reached its end less 1 ms, plus the lateness.</summary>
    public long Closed(long? watermark) => watermark is { } mark ? Floor(mark + 1 - _lateness) : BeforeAll;

    /// <summary>The event time that makes a window fire.</summary>
    public long FiresAt(long window) => (window * Slide) + _outOfOrderness;

    /// <summary>The event time that closes a window.</summary>
    public long ClosesAt(long window) => FiresAt(window) + _lateness;
}
