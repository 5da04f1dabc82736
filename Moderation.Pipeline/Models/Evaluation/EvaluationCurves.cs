namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>What a picture of an evaluation is drawn from.</summary>
/// <param name="Roc">From (0, 0) to (1, 1); empty unless both labels occur.</param>
/// <param name="Pr">By growing recall; empty without a removed row.</param>
/// <param name="Calibration">Ten bins of equal width.</param>
/// <param name="Scores">Twenty bins of equal width.</param>
public sealed record EvaluationCurves(
    IReadOnlyList<RocPoint> Roc, IReadOnlyList<PrPoint> Pr, IReadOnlyList<CalibrationBin> Calibration, IReadOnlyList<ScoreBin> Scores)
{
    /// <summary>Most points of a curve: more could not be told apart on a screen.</summary>
    public const int MostPoints = 500;

    private const int ScoreBins = 20;

    public static EvaluationCurves Of(IReadOnlyList<ScoredLabel> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var roc = new List<RocPoint>();
        var pr = new List<PrPoint>();
        var allRemoved = rows.Count(row => row.Removed);
        var allKept = rows.Count - allRemoved;
        int removed = 0, kept = 0;
        if (allRemoved > 0 && allKept > 0)
        {
            roc.Add(new RocPoint(null, 0, 0));
        }

        foreach (var group in rows.GroupBy(row => row.Probability).OrderByDescending(group => group.Key))
        {
            var groupRemoved = group.Count(row => row.Removed);
            removed += groupRemoved;
            kept += group.Count() - groupRemoved;
            if (allRemoved > 0 && allKept > 0)
            {
                roc.Add(new RocPoint(group.Key, (double)kept / allKept, (double)removed / allRemoved));
            }

            if (allRemoved > 0)
            {
                pr.Add(new PrPoint(group.Key, (double)removed / allRemoved, (double)removed / (removed + kept)));
            }
        }

        return new EvaluationCurves(
            Thin(roc, static point => (point.FalsePositiveRate + point.TruePositiveRate) / 2), Thin(pr, static point => point.Recall), Bin(rows), Count(rows));
    }

    /// <summary>Keeps the last point of each step along the curve, and its first and last point.</summary>
    /// <param name="along">Grows along the curve from 0 to 1.</param>
    private static List<T> Thin<T>(List<T> points, Func<T, double> along)
    {
        if (points.Count <= MostPoints)
        {
            return points;
        }

        const int Steps = MostPoints - 2;
        var thinned = new List<T> { points[0] };
        for (var i = 1; i < points.Count; i++)
        {
            if (i == points.Count - 1 || (int)(along(points[i]) * Steps) != (int)(along(points[i + 1]) * Steps))
            {
                thinned.Add(points[i]);
            }
        }

        return thinned;
    }

    private static List<CalibrationBin> Bin(IReadOnlyList<ScoredLabel> rows)
    {
        const int Bins = CalibrationScale.Bins;
        var inBin = rows.ToLookup(row => CalibrationScale.BinOf(row.Probability));
        return [.. Enumerable.Range(0, Bins).Select(bin => new CalibrationBin(
            (double)bin / Bins,
            (bin + 1.0) / Bins,
            inBin[bin].Count(),
            inBin[bin].Count(row => row.Removed),
            inBin[bin].Any() ? inBin[bin].Average(row => row.Probability) : null))];
    }

    private static List<ScoreBin> Count(IReadOnlyList<ScoredLabel> rows)
    {
        var inBin = rows.ToLookup(row => CalibrationScale.BinOf(row.Probability, ScoreBins));
        return [.. Enumerable.Range(0, ScoreBins).Select(bin => new ScoreBin(
            (double)bin / ScoreBins, (bin + 1.0) / ScoreBins, inBin[bin].Count(row => row.Removed), inBin[bin].Count(row => !row.Removed)))];
    }
}
