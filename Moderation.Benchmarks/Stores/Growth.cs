using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks.Stores;

/// <summary>A database that grows, and what comments cost on the way.</summary>
internal static class Growth
{
    /// <summary>Measured chunks at each size; all of one length, so that what a fresh process pays weighs the same in each.</summary>
    private const int Chunks = 3;

    private const int FewestOfAChunk = 1_000;
    private const int MostOfAChunk = 50_000;
    private const int ChunkPart = 20;

    /// <summary>Comments of a file in between, which bounds the disk that files take.</summary>
    private const int MostOfAFile = 1_000_000;

    private const long FirstSize = 10_000;

    /// <summary>1, 2, 5 and so on times ten thousand, up to the size asked for.</summary>
    public static IEnumerable<long> Sizes(long most)
    {
        for (var decade = FirstSize; decade < most; decade *= 10)
        {
            foreach (var size in new[] { decade, 2 * decade, 5 * decade }.Where(size => size < most))
            {
                yield return size;
            }
        }

        yield return most;
    }

    /// <param name="most">Comments at which the last chunks are measured.</param>
    public static List<GrowthPoint> Run(BenchSession session, CommentIds ids, int most, CancellationToken stop)
    {
        var points = new List<GrowthPoint>();
        var feed = session.Flow.Feed(ids);
        var directory = session.Flow.NewDirectory();
        var chunk = Math.Clamp(most / ChunkPart, FewestOfAChunk, MostOfAChunk);

        // Fewer than the first size is a try, not a measurement.
        var chunks = most < FirstSize ? 1 : Chunks;
        foreach (var size in Sizes(most).Where(size => size >= feed.Count))
        {
            while (feed.Count < size)
            {
                Add((int)Math.Min(MostOfAFile, size - feed.Count));
            }

            for (var i = 0; i < chunks; i++)
            {
                var rows = feed.Count;
                var lap = Add(chunk);
                points.Add(new GrowthPoint(size, rows, lap.PerSecond, lap.Process.Processor * 1e6 / chunk));
            }

            session.Progress(FormattableString.Invariant($"{size:N0} comments, {Name(ids)}: {points[^1].PerSecond:N0} a second, {points[^1].Processor:0.0} µs of processor time each"));
        }

        var stored = FlowBench.CountComments(FlowBench.Database(directory));
        Directory.Delete(directory, recursive: true);
        return stored == feed.Count
            ? points
            : throw new BenchException(FormattableString.Invariant($"Of {feed.Count:N0} comments {stored:N0} are in the database."));

        IngestLap Add(int count)
        {
            var file = Path.Combine(session.Folder, "growth.ndjson");
            feed.Write(file, count, stop);
            FlowBench.ForgetCheckpoint(directory);
            var lap = session.Flow.Ingest(directory, file, stop);
            File.Delete(file);
            return lap;
        }
    }

    /// <summary>In words, for results.</summary>
    public static string Name(CommentIds ids) => ids == CommentIds.Growing ? "ids that grow" : "random ids";
}
