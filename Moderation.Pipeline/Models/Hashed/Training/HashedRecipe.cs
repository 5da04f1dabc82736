using System.Globalization;

using Moderation.Pipeline.Models.Evaluation;
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

    /// <summary>Where the search for settings begins; it suits some thousand texts.</summary>
    private static readonly FitSettings _start = new(10, 2);

    private readonly FitSettings? _fixed;

    /// <summary>Chooses its settings by cross-validation.</summary>
    public HashedRecipe()
    {
    }

    /// <summary>Takes the settings that are given; only the calibration is cross-validated.</summary>
    public HashedRecipe(FitSettings settings) => _fixed = settings;

    public string Name => RecipeName;

    public FittedModel Fit(IReadOnlyList<TrainingText> rows, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var list = WordList.Obscenities();
        var texts = Read(rows, list, progress, cancellationToken);
        if (texts.All(text => text.Buckets.Length == 0))
        {
            throw new TrainingException("There is too little to learn from: none of the texts holds a word or a symbol.");
        }

        var fitter = new WeightFitter(cancellationToken);
        var foldOf = rows.Select(row => row.Fold(Folds)).ToArray();
        if (foldOf.Distinct().Count() < 2)
        {
            throw new TrainingException("There is too little to learn from: the texts cannot be parted for a cross-validation; more texts are needed.");
        }

        var (settings, logits) = Choose(texts, foldOf, fitter, progress);
        var scored = texts;
        if (logits.Length < texts.Length)
        {
            progress?.Invoke(new TrainingProgress("Calibrating", 0.75));
            (scored, logits) = OutOfFold(texts, foldOf, settings, fitter);
        }

        var calibration = Calibration.Fit(logits, scored);
        progress?.Invoke(new TrainingProgress("Fitting weights", 0.85));
        var model = fitter.Fit(texts, settings);
        var scorer = new HashedScorer(model.Round(calibration, list, FrequentWords.Of(rows)));
        return new FittedModel(
            scorer,
            Describe(settings, calibration, logits.Length),
            [.. logits.Select((logit, i) => new ScoredLabel(calibration.Probability(logit), scored[i].Removed))]);
    }

    private static SparseText[] Read(
        IReadOnlyList<TrainingText> rows, WordList list, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var texts = new SparseText[rows.Count];
        var done = 0;
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            texts[i] = SparseText.Of(rows[i].Body, rows[i].Removed, list);
            lock (texts)
            {
                if (++done % 5000 == 0)
                {
                    progress?.Invoke(new TrainingProgress("Reading texts", 0.1 * done / rows.Count));
                }
            }
        });
        return texts;
    }

    /// <summary>The settings, and the logits they gave to the rows they were chosen on.</summary>
    private (FitSettings Settings, double[] Logits) Choose(
        SparseText[] texts, int[] foldOf, WeightFitter fitter, Action<TrainingProgress>? progress)
    {
        if (_fixed is { } settings)
        {
            return (settings, []);
        }

        var chosenOn = texts.Take(MostRowsToChooseOn).ToArray();
        var validation = new CrossValidation(chosenOn, foldOf, Folds, fitter);
        var fits = 0;
        var search = new SettingsSearch(
            candidate => validation.Logits(
                candidate,
                () => progress?.Invoke(new TrainingProgress("Choosing settings", 0.1 + (0.65 * (1 - Math.Exp(-(++fits) / 15.0)))))),
            logits => Calibration.Fit(logits, chosenOn).Losses(logits, chosenOn));
        return search.From(_start);
    }

    private static (SparseText[] Scored, double[] Logits) OutOfFold(SparseText[] texts, int[] foldOf, FitSettings settings, WeightFitter fitter)
    {
        if (texts.Length <= MostRowsToCalibrateFully)
        {
            return (texts, new CrossValidation(texts, foldOf, Folds, fitter).Logits(settings, static () => { }));
        }

        var scored = texts.Where((_, i) => foldOf[i] == 0).ToArray();
        var model = fitter.Fit([.. texts.Where((_, i) => foldOf[i] != 0)], settings);
        return (scored, Array.ConvertAll(scored, model.Logit));
    }

    private static Dictionary<string, string> Describe(FitSettings settings, Calibration calibration, int calibratedOn) =>
        new(settings.Describe())
        {
            ["calibration slope"] = calibration.Slope.ToString("0.###", CultureInfo.InvariantCulture),
            ["calibration offset"] = calibration.Offset.ToString("0.###", CultureInfo.InvariantCulture),
            ["calibrated on"] = calibratedOn.ToString(CultureInfo.InvariantCulture),
        };
}
