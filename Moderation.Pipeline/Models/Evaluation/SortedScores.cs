namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>Rows with the greatest probability first, ready to be measured under many weightings.</summary>
/// <remarks>Equal rows stand in one order however they came, so that the order of the input cannot matter.</remarks>
internal sealed class SortedScores
{
    private const double ClosestToCertain = 1e-15;

    private readonly ScoredLabel[] _rows;
    private readonly double[] _logLoss;
    private readonly byte[] _bin;
    private readonly double _threshold;
    private readonly int _flagged;

    /// <param name="threshold">A comment is flagged when its probability is strictly greater.</param>
    public SortedScores(IReadOnlyList<ScoredLabel> rows, double threshold)
    {
        _threshold = threshold;
        _rows = [.. rows];
        if (Array.Exists(_rows, static row => double.IsNaN(row.Probability)))
        {
            throw new ArgumentException("A probability is not a number.", nameof(rows));
        }

        Array.Sort(_rows, static (a, b) =>
        {
            var byScore = b.Probability.CompareTo(a.Probability);
            return byScore != 0 ? byScore : a.Removed.CompareTo(b.Removed);
        });
        _flagged = _rows.Count(row => row.Probability > threshold);
        _bin = Array.ConvertAll(_rows, static row => (byte)CalibrationScale.BinOf(row.Probability));
        _logLoss = Array.ConvertAll(_rows, static row => -Math.Log(
            Math.Clamp(row.Removed ? row.Probability : 1 - row.Probability, ClosestToCertain, 1 - ClosestToCertain)));
    }

    public int Count => _rows.Length;

    /// <summary>All figures but the intervals; each row counts as often as its weight says.</summary>
    public EvaluationMetrics Measure(ReadOnlySpan<int> weights)
    {
        long removed = 0, kept = 0, flaggedRemoved = 0, flaggedKept = 0;
        double pairsWon = 0, precisionSum = 0;
        for (var i = 0; i < _rows.Length;)
        {
            // Rows with one score form a group: no threshold can part them.
            var score = _rows[i].Probability;
            long groupRemoved = 0, groupKept = 0;
            for (; i < _rows.Length && _rows[i].Probability == score; i++)
            {
                if (_rows[i].Removed)
                {
                    groupRemoved += weights[i];
                }
                else
                {
                    groupKept += weights[i];
                }
            }

            // Each kept row of the group loses to all removed ones above it and ties with those beside it.
            pairsWon += groupKept * (removed + (groupRemoved / 2.0));
            removed += groupRemoved;
            kept += groupKept;
            precisionSum += groupRemoved == 0 ? 0 : groupRemoved * ((double)removed / (removed + kept));
            if (i <= _flagged)
            {
                flaggedRemoved = removed;
                flaggedKept = kept;
            }
        }

        var (logLoss, brier, ece) = Errors(weights);
        var rows = removed + kept;
        var missed = removed - flaggedRemoved;
        var passed = kept - flaggedKept;
        return new EvaluationMetrics
        {
            Rows = (int)rows,
            RocAuc = removed > 0 && kept > 0 ? pairsWon / ((double)removed * kept) : null,
            PrAuc = Ratio(precisionSum, removed),
            LogLoss = Ratio(logLoss, rows),
            Brier = Ratio(brier, rows),
            Ece = Ratio(ece, rows),
            Threshold = _threshold,
            Precision = Ratio(flaggedRemoved, flaggedRemoved + flaggedKept),
            Recall = Ratio(flaggedRemoved, removed),
            F1 = Ratio(2.0 * flaggedRemoved, (2 * flaggedRemoved) + flaggedKept + missed),
            Accuracy = Ratio(flaggedRemoved + passed, rows),
            Confusion = new ConfusionMatrix((int)flaggedRemoved, (int)flaggedKept, (int)passed, (int)missed),
        };
    }

    /// <summary>The sums behind log-loss, Brier score and calibration error.</summary>
    private (double LogLoss, double Brier, double Calibration) Errors(ReadOnlySpan<int> weights)
    {
        double logLoss = 0, brier = 0;
        Span<double> excess = stackalloc double[CalibrationScale.Bins];
        excess.Clear();
        for (var i = 0; i < _rows.Length; i++)
        {
            var weight = weights[i];
            if (weight == 0)
            {
                continue;
            }

            var error = _rows[i].Probability - (_rows[i].Removed ? 1 : 0);
            logLoss += weight * _logLoss[i];
            brier += weight * error * error;
            excess[_bin[i]] += weight * error;
        }

        var calibration = 0.0;
        foreach (var bin in excess)
        {
            calibration += Math.Abs(bin);
        }

        return (logLoss, brier, calibration);
    }

    private static double? Ratio(double part, long whole) => whole == 0 ? null : part / whole;
}
