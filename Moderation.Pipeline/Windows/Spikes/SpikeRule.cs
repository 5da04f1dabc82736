namespace Moderation.Pipeline.Windows.Spikes;

/// <summary>
/// Whether a window has far more flagged comments than its community's own recent history predicts.
/// <para>With x flagged comments, <c>y = 2·√(x + 3/8)</c>, whose variance is about 1 whatever the mean of a Poisson count is (F. J.
/// Anscombe, The transformation of Poisson, binomial and negative-binomial data, Biometrika 35, 1948). Of the history's y: m, their
/// median, and s, the greater of 1 and 1.4826 times the median of |y − m|, which is the standard deviation where they are normal
/// (P. J. Rousseeuw and C. Croux, Alternatives to the median absolute deviation, JASA 88, 1993). Counts that vary more than Poisson
/// ones, as those of a day and a night, widen s; none narrow it below 1. <c>z = (y − m) / s</c>, and there is an alarm if and only if z
/// reaches the limit, x reaches the minimum, and the history is long enough.</para>
/// <para>Median and deviation stand still while less than half of the history is raids, so one raid does not hide the next; what
/// goes on for more than half of it becomes what is expected.</para>
/// <para>For any number of threads.</para>
/// </summary>
public sealed class SpikeRule
{
    private const double NormalConsistency = 1.4826;

    private readonly SpikeOptions _options;

    /// <exception cref="ArgumentException">The options ask for a longer history than they keep.</exception>
    public SpikeRule(SpikeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaximumHistory < options.MinimumHistory)
        {
            throw new ArgumentException($"MaximumHistory is {options.MaximumHistory}; it has to be at least MinimumHistory, which is {options.MinimumHistory}.");
        }

        _options = options;
    }

    /// <param name="history">
    /// Flagged comments of earlier windows of the same length, oldest first, those without any as 0; see <see cref="SpikeHistory"/>.
    /// They should not overlap the window that is judged: a raid would then be part of what predicts it.
    /// </param>
    /// <param name="flagged">Flagged comments of the window. One that is still open can be judged by what it has so far.</param>
    public SpikeVerdict Judge(ReadOnlySpan<long> history, long flagged)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(flagged);
        if (history.Length < _options.MinimumHistory)
        {
            return new SpikeVerdict(null, 0, Alarm: false);
        }

        var recent = history[^Math.Min(history.Length, _options.MaximumHistory)..];
        var stabilised = new double[recent.Length];
        for (var i = 0; i < recent.Length; i++)
        {
            stabilised[i] = Stabilise(recent[i]);
        }

        var median = Median(stabilised);
        for (var i = 0; i < stabilised.Length; i++)
        {
            stabilised[i] = Math.Abs(stabilised[i] - median);
        }

        var scale = Math.Max(1, NormalConsistency * Median(stabilised));
        var z = (Stabilise(flagged) - median) / scale;
        return new SpikeVerdict(Restore(median), z, z >= _options.Limit && flagged >= _options.Minimum);
    }

    private static double Stabilise(long count) => 2 * Math.Sqrt(count + 0.375);

    private static double Restore(double stabilised) => Math.Max(0, (stabilised * stabilised / 4) - 0.375);

    /// <summary>Sorts the values.</summary>
    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
