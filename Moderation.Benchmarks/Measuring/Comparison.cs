namespace Moderation.Benchmarks.Measuring;

/// <summary>Rounds of ours and of the baseline in turn, so that what slows the machine down for a while slows both.</summary>
internal sealed class Comparison
{
    private readonly List<Lap> _ours = [];
    private readonly List<Lap> _baseline = [];

    /// <summary>Ours, theirs, ours, theirs.</summary>
    /// <param name="rounds">Of each.</param>
    public static Comparison Alternate(int rounds, Func<Lap> ours, Func<Lap> baseline, CancellationToken stop)
    {
        var comparison = new Comparison();
        for (var round = 0; round < rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            comparison._ours.Add(ours());
            stop.ThrowIfCancellationRequested();
            comparison._baseline.Add(baseline());
        }

        return comparison;
    }

    /// <summary>The same for work of this process, after a round of each that does not count: what runs is still being compiled.</summary>
    public static Comparison AlternateWarm(int rounds, Func<Lap> ours, Func<Lap> baseline, CancellationToken stop)
    {
        ours();
        stop.ThrowIfCancellationRequested();
        baseline();
        return Alternate(rounds, ours, baseline, stop);
    }

    /// <summary>Units a second of processor time, at the median.</summary>
    public double Rate => Median(_ours.Select(lap => lap.Rate));

    public double BaselineRate => Median(_baseline.Select(lap => lap.Rate));

    /// <summary>Units a second by the clock on the wall, at the median.</summary>
    public double WallRate => Median(_ours.Select(lap => lap.WallRate));

    public double BaselineWallRate => Median(_baseline.Select(lap => lap.WallRate));

    /// <summary>The median of the pairs' ratios by processor time.</summary>
    public double ProcessorRatio => Median(Ratios(static lap => lap.Rate));

    /// <summary>By processor time: for work on one thread of this process.</summary>
    public BenchResult ByProcessor(string name, string unit, string baseline) =>
        Result(name, unit, baseline, Rate, BaselineRate, static lap => lap.Rate) with
        {
            WallRatio = Median(Ratios(static lap => lap.WallRate)),
        };

    /// <summary>By the clock on the wall: for work on several threads or in another process.</summary>
    public BenchResult ByWall(string name, string unit, string baseline) =>
        Result(name, unit, baseline, WallRate, BaselineWallRate, static lap => lap.WallRate);

    /// <summary>Seconds of processor time for a unit, instead of units a second.</summary>
    public BenchResult ByProcessorSeconds(string name, string baseline)
    {
        var rates = ByProcessor(name, "s", baseline);
        return rates with { Value = 1 / rates.Value, BaselineValue = 1 / rates.BaselineValue };
    }

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private BenchResult Result(string name, string unit, string baseline, double rate, double baselineRate, Func<Lap, double> of)
    {
        var ratios = Ratios(of);
        return new BenchResult
        {
            Name = name,
            Value = rate,
            Unit = unit,
            Baseline = baseline,
            BaselineValue = baselineRate,
            Ratio = Median(ratios),
            Low = ratios.Min(),
            High = ratios.Max(),
        };
    }

    private double[] Ratios(Func<Lap, double> rate) => [.. _ours.Zip(_baseline, (ours, baseline) => rate(ours) / rate(baseline))];
}
