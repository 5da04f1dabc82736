namespace Moderation.Pipeline.Flow.Supervision;

/// <summary>How long to wait before the next try: one second, doubled at each failure, up to a minute.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private TimeSpan _next = _first;

    public TimeSpan Next()
    {
        var wait = _next;
        _next = wait * 2 < _longest ? wait * 2 : _longest;
        return wait;
    }

    /// <summary>There was progress.</summary>
    public void Reset() => _next = _first;
}
