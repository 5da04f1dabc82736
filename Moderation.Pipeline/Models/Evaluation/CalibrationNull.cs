namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>How large a calibration error chance alone makes.</summary>
public static class CalibrationNull
{
    private const ulong Seed = 2;
    private const int Simulations = 1_000;
    private const double Percentile = 0.95;

    /// <summary>
    /// The 95th percentile of the expected calibration error (ten equal-width bins) that a perfectly calibrated model with
    /// these probabilities would show: labels are drawn as Bernoulli(p), 1,000 times (fewer past 80,000 rows), fixed seed.
    /// After Bröcker and Smith (2007), "Increasing the reliability of reliability diagrams". An error above it is more
    /// than noise; one below it may be all noise.
    /// </summary>
    /// <param name="probabilities">0 to 1 each; their order makes no difference.</param>
    /// <returns>0 to 1; null without rows.</returns>
    public static double? Ceiling(IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count == 0)
        {
            return null;
        }

        double[] sorted = [.. probabilities.Order()];
        var errors = new double[Resampling.CountFor(sorted.Length, Simulations)];
        Parallel.For(0, errors.Length, simulation => errors[simulation] = Simulate(sorted, new SeededRandom(Seed, simulation)));
        Array.Sort(errors);
        return errors[(int)Math.Ceiling(Percentile * (errors.Length - 1))];
    }

    private static double Simulate(double[] probabilities, SeededRandom random)
    {
        Span<double> excess = stackalloc double[CalibrationScale.Bins];
        excess.Clear();
        foreach (var probability in probabilities)
        {
            excess[CalibrationScale.BinOf(probability)] += probability - (random.Fraction() < probability ? 1 : 0);
        }

        var error = 0.0;
        foreach (var bin in excess)
        {
            error += Math.Abs(bin);
        }

        return error / probabilities.Length;
    }
}
