using System.Globalization;

using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>
/// The default recipe: settings by cross-validation, calibration on scores out of fold, weights on all rows.
/// </summary>
internal sealed class HashedRecipe : IRecipe
{
    public const string RecipeName = "default";

    private const int Folds = 5;

    /// <summary>Rows that the settings are chosen on; the first by hash, which is as good as drawing them.</summary>
    private const int MostRowsToChooseOn = 10_000;

    /// <summary>Rows up to which every row is scored out of fold; beyond, one fold is enough to calibrate two numbers on.</summary>
    private const int MostRowsToCalibrateFully = 30_000;

    private static readonly FitSettings[] _grid =
    [
        new(20, 2), new(10, 2), new(5, 2), new(2.5f, 2), new(20, 1), new(10, 1), new(5, 1), new(2.5f, 1),
    ];

    private readonly FitSettings[] _candidates;

    /// <summary>Chooses among settings that suit from a thousand to a million texts.</summary>
    public HashedRecipe()
        : this(_grid)
    {
    }

    /// <param name="candidates">At least one; with just one nothing is left to choose.</param>
    public HashedRecipe(params FitSettings[] candidates) => _candidates = candidates;

    public string Name => RecipeName;

    public FittedModel Fit(IReadOnlyList<TrainingText> rows, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var texts = Read(rows, progress, cancellationToken);
        if (texts.All(text => text.Buckets.Length == 0))
        {
            throw new TrainingException("There is too little to learn from: none of the texts holds a word or a symbol.");
        }

        var fitter = new WeightFitter(cancellationToken);
        var foldOf = rows.Select(row => (int)((ulong)(row.Hash >> 64) % Folds)).ToArray();
        var (settings, logits) = Choose(texts, foldOf, fitter, progress);
        if (logits.Length < texts.Length)
        {
            progress?.Invoke(new TrainingProgress("Calibrating", 0.75));
            logits = OutOfFold(texts, foldOf, settings, fitter);
        }

        var scored = texts.Take(logits.Length).ToArray();
        var calibration = Calibration.Fit(logits, scored);
        progress?.Invoke(new TrainingProgress("Fitting weights", 0.85));
        var model = fitter.Fit(texts, settings);
        var scorer = new HashedScorer(model.Round(calibration.Slope, calibration.Offset, FrequentWords.Of(rows)));
        return new FittedModel(
            scorer,
            Describe(settings, calibration, logits.Length),
            logits.Length == texts.Length ? Array.ConvertAll(logits, calibration.Probability) : null);
    }

    private static SparseText[] Read(IReadOnlyList<TrainingText> rows, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var texts = new SparseText[rows.Count];
        var done = 0;
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            texts[i] = SparseText.Of(rows[i].Body, rows[i].Removed);
            if (Interlocked.Increment(ref done) % 5000 == 0)
            {
                progress?.Invoke(new TrainingProgress("Reading texts", 0.1 * done / rows.Count));
            }
        });
        return texts;
    }

    /// <summary>The settings with the least log-loss out of fold, and the logits they gave to the rows they were chosen on.</summary>
    private (FitSettings Settings, double[] Logits) Choose(
        SparseText[] texts, int[] foldOf, WeightFitter fitter, Action<TrainingProgress>? progress)
    {
        if (_candidates.Length == 1 && texts.Length > MostRowsToCalibrateFully)
        {
            return (_candidates[0], []);
        }

        var chosenOn = texts.Take(MostRowsToChooseOn).ToArray();
        var validation = new CrossValidation(chosenOn, foldOf, Folds, fitter);
        var fits = 0;
        var best = double.PositiveInfinity;
        (FitSettings, double[]) choice = default;
        foreach (var settings in _candidates)
        {
            var logits = validation.Logits(
                settings,
                () => progress?.Invoke(new TrainingProgress("Choosing settings", 0.1 + (0.65 * ++fits / (Folds * _candidates.Length)))));
            var loss = Calibration.Fit(logits, chosenOn).LogLoss(logits, chosenOn);
            if (loss < best)
            {
                best = loss;
                choice = (settings, logits);
            }
        }

        return choice;
    }

    private static double[] OutOfFold(SparseText[] texts, int[] foldOf, FitSettings settings, WeightFitter fitter)
    {
        if (texts.Length <= MostRowsToCalibrateFully)
        {
            return new CrossValidation(texts, foldOf, Folds, fitter).Logits(settings, static () => { });
        }

        // Rows are in the order of their hashes, so the first fifth is as good a part as any.
        var seen = texts.Length / Folds;
        var model = fitter.Fit(texts[seen..], settings);
        return Array.ConvertAll(texts[..seen], model.Logit);
    }

    private static Dictionary<string, string> Describe(FitSettings settings, Calibration calibration, int calibratedOn) =>
        new(settings.Describe())
        {
            ["calibration slope"] = calibration.Slope.ToString("0.###", CultureInfo.InvariantCulture),
            ["calibration offset"] = calibration.Offset.ToString("0.###", CultureInfo.InvariantCulture),
            ["calibrated on"] = calibratedOn.ToString(CultureInfo.InvariantCulture),
        };
}
