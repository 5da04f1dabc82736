namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>Measures probabilities against what moderators did.</summary>
public static class ModelEvaluator
{
    private const int Resamples = 400;
    private const int CalibrationBins = 10;
    private const double ClosestToCertain = 1e-15;

    /// <summary>
    /// All metrics with 95% percentile bootstrap intervals (Efron and Tibshirani, 1993; 400 resamples, fixed seed).
    /// </summary>
    /// <param name="threshold">A comment is flagged when its probability is strictly greater.</param>
    public static EvaluationMetrics Evaluate(IReadOnlyList<ScoredLabel> rows, double threshold)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var sorted = rows.OrderByDescending(row => row.Probability).ToArray();
        var weights = new int[sorted.Length];
        Array.Fill(weights, 1);
        var point = Measure(sorted, weights, threshold);
        return point with { Intervals = Bootstrap(sorted, threshold) };
    }

    private static Dictionary<string, Interval> Bootstrap(ScoredLabel[] sorted, double threshold)
    {
        var samples = new Dictionary<string, List<double>>();
        var random = new Random(1);
        var weights = new int[sorted.Length];
        for (var resample = 0; sorted.Length > 0 && resample < Resamples; resample++)
        {
            // Drawing row numbers and counting them keeps the order, so no resample needs sorting again.
            Array.Clear(weights);
            for (var draw = 0; draw < sorted.Length; draw++)
            {
                weights[random.Next(sorted.Length)]++;
            }

            var m = Measure(sorted, weights, threshold);
            Keep("rocAuc", m.RocAuc);
            Keep("prAuc", m.PrAuc);
            Keep("logLoss", m.LogLoss);
            Keep("brier", m.Brier);
            Keep("ece", m.Ece);
            Keep("precision", m.Precision);
            Keep("recall", m.Recall);
            Keep("f1", m.F1);
            Keep("accuracy", m.Accuracy);
        }

        return samples.ToDictionary(pair => pair.Key, pair => Percentiles(pair.Value));

        void Keep(string name, double? value)
        {
            if (value is { } known)
            {
                if (!samples.TryGetValue(name, out var list))
                {
                    samples[name] = list = new List<double>(Resamples);
                }

                list.Add(known);
            }
        }
    }

    private static Interval Percentiles(List<double> values)
    {
        values.Sort();
        return new Interval(values[(int)(0.025 * (values.Count - 1))], values[(int)Math.Ceiling(0.975 * (values.Count - 1))]);
    }

    /// <summary>One walk down the rows, best score first; each row counts <paramref name="weights"/> times.</summary>
    private static EvaluationMetrics Measure(ScoredLabel[] sorted, int[] weights, double threshold)
    {
        long positives = 0, negatives = 0, flaggedPositives = 0, flaggedNegatives = 0;
        double pairsWon = 0, precisionSum = 0, logLoss = 0, brier = 0;
        var bins = new CalibrationBin[CalibrationBins];
        for (var i = 0; i < sorted.Length;)
        {
            // Rows with one score form a group: no threshold can part them.
            var score = sorted[i].Probability;
            long groupPositives = 0, groupNegatives = 0;
            for (; i < sorted.Length && sorted[i].Probability == score; i++)
            {
                if (sorted[i].Removed)
                {
                    groupPositives += weights[i];
                }
                else
                {
                    groupNegatives += weights[i];
                }
            }

            var group = groupPositives + groupNegatives;
            if (group == 0)
            {
                continue;
            }

            // Each negative of the group loses to all positives above it and ties with those beside it.
            pairsWon += groupNegatives * (positives + (groupPositives / 2.0));
            positives += groupPositives;
            negatives += groupNegatives;
            precisionSum += groupPositives * ((double)positives / (positives + negatives));
            if (score > threshold)
            {
                flaggedPositives = positives;
                flaggedNegatives = negatives;
            }

            var held = Math.Clamp(score, ClosestToCertain, 1 - ClosestToCertain);
            logLoss -= (groupPositives * Math.Log(held)) + (groupNegatives * Math.Log(1 - held));
            brier += (groupPositives * (1 - score) * (1 - score)) + (groupNegatives * score * score);
            ref var bin = ref bins[Math.Clamp((int)(score * CalibrationBins), 0, CalibrationBins - 1)];
            bin = new CalibrationBin(bin.Rows + group, bin.Positives + groupPositives, bin.ScoreSum + (group * score));
        }

        var rows = positives + negatives;
        var falseNegatives = positives - flaggedPositives;
        var trueNegatives = negatives - flaggedNegatives;
        var bothLabels = positives > 0 && negatives > 0;
        return new EvaluationMetrics
        {
            Rows = (int)rows,
            RocAuc = bothLabels ? pairsWon / ((double)positives * negatives) : null,
            PrAuc = positives > 0 ? precisionSum / positives : null,
            LogLoss = Ratio(logLoss, rows),
            Brier = Ratio(brier, rows),
            Ece = Ratio(bins.Sum(bin => Math.Abs(bin.ScoreSum - bin.Positives)), rows),
            Threshold = threshold,
            Precision = Ratio(flaggedPositives, flaggedPositives + flaggedNegatives),
            Recall = Ratio(flaggedPositives, positives),
            F1 = Ratio(2.0 * flaggedPositives, (2 * flaggedPositives) + flaggedNegatives + falseNegatives),
            Accuracy = Ratio(flaggedPositives + trueNegatives, rows),
            Confusion = new ConfusionMatrix((int)flaggedPositives, (int)flaggedNegatives, (int)trueNegatives, (int)falseNegatives),
        };
    }

    private static double? Ratio(double part, long whole) => whole == 0 ? null : part / whole;

    private readonly record struct CalibrationBin(long Rows, long Positives, double ScoreSum);
}
