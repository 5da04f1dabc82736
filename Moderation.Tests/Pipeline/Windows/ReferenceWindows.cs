using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

/// <summary>
/// The rules of event time written down the slow way, to compare with: every window keeps the list of its own events for ever,
/// and every rule is asked of every window.
/// </summary>
internal sealed class ReferenceWindows(WindowOptions options)
{
    private readonly long _size = (long)options.Size.TotalMilliseconds;
    private readonly long _slide = (long)options.Slide.TotalMilliseconds;
    private readonly long _outOfOrderness = (long)options.OutOfOrderness.TotalMilliseconds;
    private readonly long _lateness = (long)options.Lateness.TotalMilliseconds;
    private readonly Dictionary<(int Community, long End), List<WindowTotals>> _windows = [];
    private readonly HashSet<(int Community, long End)> _changed = [];
    private long? _greatest;
    private long? _watermarkWhenTaken;

    private long? Watermark => _greatest - _outOfOrderness - 1;

    public bool Add(WindowEvent entry)
    {
        if (entry.Moves)
        {
            _greatest = Math.Max(_greatest ?? entry.Time, entry.Time);
        }

        var accepted = false;
        foreach (var end in EndsOf(entry.Time))
        {
            if (_greatest is not { } streamTime || end > streamTime - (_outOfOrderness + _lateness))
            {
                accepted = true;
                var key = (entry.Community, end);
                _windows.TryAdd(key, []);
                _windows[key].Add(entry.One);
                _changed.Add(key);
            }
        }

        return accepted;
    }

    public List<WindowResult> Take()
    {
        var results = new List<WindowResult>();
        foreach (var (key, events) in _windows)
        {
            var firedBefore = _watermarkWhenTaken >= key.End - 1;
            var fired = Watermark >= key.End - 1;
            if (_changed.Contains(key) || (fired && !firedBefore))
            {
                var kind = firedBefore ? WindowResultKind.Corrected : fired ? WindowResultKind.OnTime : WindowResultKind.Early;
                results.Add(new WindowResult(key.Community, key.End - _size, key.End, events.Aggregate(default(WindowTotals), static (sum, one) => sum + one), kind));
            }
        }

        _changed.Clear();
        _watermarkWhenTaken = Watermark;
        return results;
    }

    private IEnumerable<long> EndsOf(long time)
    {
        // Every multiple of the slide that is an end of a window around this time, found by looking at each.
        for (var end = time - _size - _slide; end <= time + _size + _slide; end++)
        {
            if (end % _slide == 0 && end - _size <= time && time < end)
            {
                yield return end;
            }
        }
    }
}
