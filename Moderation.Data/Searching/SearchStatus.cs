using Moderation.Pipeline.Flow;

namespace Moderation.Data.Searching;

/// <summary>How far the index has come. Safe to read from any thread, and cheap: nothing is asked of a database.</summary>
public sealed class SearchStatus(TimeProvider time)
{
    private readonly RateMeter _rate = new(time);
    private volatile SearchFigures _figures = new(0, 0, 0, 0, null);
    private int _damaged;

    public SearchFigures Read() => _figures with { RatePerSecond = _rate.PerSecond() };

    internal void Indexed(int texts, long position, long newest, long bytesOnDisk)
    {
        _rate.Add(texts);
        _figures = new SearchFigures(position, Math.Max(0, newest - position), bytesOnDisk, 0, null);
    }

    /// <param name="newest">The newest text that is stored, as far as is known.</param>
    internal void Failed(string problem, long newest)
    {
        var figures = _figures;
        _figures = figures with { Problem = problem, Behind = Math.Max(figures.Behind, newest - figures.Position) };
    }

    /// <summary>A reader found the file damaged; the indexer makes it anew.</summary>
    internal void ReportDamage() => Interlocked.Exchange(ref _damaged, 1);

    /// <summary>True once after each report.</summary>
    internal bool TakeDamage() => Interlocked.Exchange(ref _damaged, 0) == 1;
}
