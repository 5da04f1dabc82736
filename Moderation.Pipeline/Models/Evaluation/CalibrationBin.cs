namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>The rows whose probability lies from <see cref="From"/> to below <see cref="To"/> (1 is in the last bin).</summary>
/// <param name="MeanProbability">Null without rows.</param>
public sealed record CalibrationBin(double From, double To, int Rows, int Removed, double? MeanProbability)
{
    /// <summary>Share of the rows that moderators removed, 0 to 1; null without rows.</summary>
    public double? RemovedShare => Rows == 0 ? null : (double)Removed / Rows;

    /// <summary>95% interval of that share (Wilson, 1927).</summary>
    public Interval Interval => Interval.OfShare(Removed, Rows);
}
