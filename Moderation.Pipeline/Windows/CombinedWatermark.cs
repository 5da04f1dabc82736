namespace Moderation.Pipeline.Windows;

/// <summary>
/// The watermark of several inputs: the least over those that are not idle. It never goes back: an input that joins or
/// wakes up behind it leaves it where it stands. While every input is idle it stands still, and so it does while an
/// active input has had no event yet, since nobody knows how far back that one begins.
/// </summary>
/// <param name="reached">The watermark of an earlier run, to continue from it.</param>
public sealed class CombinedWatermark(long? reached = null)
{
    private readonly List<WatermarkInput> _inputs = [];
    private long? _reached = reached;

    /// <summary>Milliseconds since the epoch; null before every active input has had an event.</summary>
    public long? Current => Advance();

    public void Add(WatermarkInput input) => _inputs.Add(input);

    /// <summary>An input that ended holds nobody up any more.</summary>
    public void Remove(WatermarkInput input)
    {
        // While it counts: its events since somebody last asked would else be lost when no other input is left.
        Advance();
        _inputs.Remove(input);
    }

    private long? Advance()
    {
        long? least = null;
        foreach (var input in _inputs)
        {
            if (input.IsIdle)
            {
                continue;
            }

            if (input.Watermark is not { } mark)
            {
                return _reached;
            }

            least = Math.Min(least ?? mark, mark);
        }

        if (least > _reached || _reached is null)
        {
            _reached = least;
        }

        return _reached;
    }
}
