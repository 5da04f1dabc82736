using CsCheck;

using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

/// <summary>Random options and streams: times that mostly grow, with stragglers, jumps, clamped events and times before the epoch.</summary>
internal static class WindowStreams
{
    public static readonly Gen<WindowOptions> Options =
        from slide in Gen.Int[1, 12]
        from overlap in Gen.Int[1, 5]
        from outOfOrderness in Gen.Int[0, 25]
        from lateness in Gen.Int[0, 40]
        select Milliseconds(slide * overlap, slide, outOfOrderness, lateness);

    private static readonly Gen<long> Step = Gen.Frequency(
        (8, Gen.Long[0, 4]),
        (4, Gen.Long[-20, 20]),
        (2, Gen.Long[-120, 5]),
        (1, Gen.Long[30, 400]));

    private static readonly Gen<WindowTotals> One = Gen.Select(Gen.Double.Unit, Gen.Bool, WindowTotals.OfComment);

    /// <summary>An event and whether a commit follows it; the times are steps from the greatest so far.</summary>
    public static readonly Gen<(WindowEvent Event, bool Commit)[]> Streams =
        Gen.Select(Gen.Long[-300, 300], Gen.Select(Step, Gen.Int[1, 3], One, Gen.Int[0, 9], Gen.Int[0, 2]).Array[1, 60]).Select(static (start, steps) =>
        {
            var greatest = start;
            return steps.Select(step =>
            {
                var (move, community, one, clamped, commit) = step;
                var entry = new WindowEvent(community, greatest + move, one, clamped > 0);
                greatest = entry.Moves ? Math.Max(greatest, entry.Time) : greatest;
                return (entry, commit == 0);
            }).ToArray();
        });

    public static WindowOptions Milliseconds(long size, long slide, long outOfOrderness, long lateness) => new()
    {
        Size = TimeSpan.FromMilliseconds(size),
        Slide = TimeSpan.FromMilliseconds(slide),
        OutOfOrderness = TimeSpan.FromMilliseconds(outOfOrderness),
        Lateness = TimeSpan.FromMilliseconds(lateness),
    };
}
