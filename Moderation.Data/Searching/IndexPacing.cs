namespace Moderation.Data.Searching;

/// <summary>
/// How much of a processor the indexer takes. While comments are coming in it works for a quarter of the time, so that
/// the pipeline keeps its cores; when they are not, all of the time. Used by one thread at a time.
/// </summary>
/// <remarks>
/// Of a burst that lasts T seconds at r comments a second, and an indexer that makes c a second when nothing holds it
/// back, T · (r − c · <see cref="Share"/>) are behind at its end, and T · (r / c − <see cref="Share"/>) seconds later none.
/// </remarks>
internal sealed class IndexPacing(TimeProvider time)
{
    /// <summary>Of one processor, while more is coming in.</summary>
    public const double Share = 0.25;

    /// <summary>New texts a second up to which nothing is held back: scoring them costs a few hundredths of a processor.</summary>
    public const double QuietRate = 200;

    private static readonly TimeSpan _window = TimeSpan.FromMilliseconds(500);

    private long? _windowStart;
    private long _windowNewest;

    /// <summary>More is coming in; also before that is known.</summary>
    public bool Busy { get; private set; } = true;

    /// <param name="newest">The row of the newest text of all.</param>
    public void Observe(long newest)
    {
        if (_windowStart is not { } start)
        {
            (_windowStart, _windowNewest) = (time.GetTimestamp(), newest);
            return;
        }

        var elapsed = time.GetElapsedTime(start);
        if (elapsed >= _window)
        {
            Busy = (newest - _windowNewest) / elapsed.TotalSeconds > QuietRate;
            (_windowStart, _windowNewest) = (time.GetTimestamp(), newest);
        }
    }

    /// <summary>How long to rest after having worked for a time. Its processor time is at most that.</summary>
    public TimeSpan Rest(TimeSpan worked) => Busy ? worked * ((1 / Share) - 1) : TimeSpan.Zero;
}
