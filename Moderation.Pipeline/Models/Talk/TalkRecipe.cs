using System.Globalization;

using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>
/// The recipe of the talk "Real Time Machine Learning with Python" (EuroPython 2020): lemmas, TF-IDF of their one- to three-grams
/// (min_df 3, 1,000 features, sublinear tf, smoothed idf, L2 norm), logistic regression with C = 1.
/// </summary>
internal sealed class TalkRecipe : IRecipe
{
    private const int FewestTexts = 3;
    private const int MostTerms = 1000;
    private const double C = 1;

    public string Name => "talk";

    public FittedModel Fit(IReadOnlyList<TrainingText> rows, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Invoke(new TrainingProgress("Reading texts", 0));
        var terms = SelectTerms(rows, cancellationToken);
        if (terms.Count == 0)
        {
            throw new TrainingException(
                $"There is too little to learn from: no word stands in {FewestTexts} of the texts, which a word of this recipe must.");
        }

        string[] names = [.. terms.Select(term => term.Name)];
        float[] idf = [.. terms.Select(term => Idf(term.Texts, rows.Count))];
        progress?.Invoke(new TrainingProgress("Counting words", 0.3));
        var examples = Examples(rows, new TalkVocabulary(names), idf, cancellationToken);
        progress?.Invoke(new TrainingProgress("Fitting weights", 0.5));
        var iterations = 0;
        Action? iterated = progress is null ? null : () =>
            progress(new TrainingProgress("Fitting weights", 0.5 + (0.45 * (1 - Math.Exp(-(++iterations) / 60.0)))));
        var (weights, bias) = LogisticRegression.Fit(examples, names.Length, Options(C), iterated, cancellationToken);
        return new FittedModel(new TalkScorer(names, idf, weights, bias), Settings(names.Length), OutOfFold: null);
    }

    /// <summary>
    /// As scikit-learn's LogisticRegression(C, penalty="l2") fits. Microsoft.ML sums in single precision; at its own tolerance
    /// of 1e-7 it stops with weights 0.006 off, at this with 0.0005.
    /// </summary>
    internal static LogisticRegressionOptions Options(double c) =>
        new() { L2 = (float)(1 / c), Threads = 1, Tolerance = 1e-9f, MostIterations = 1000 };

    /// <summary>Smoothed: ln((1 + n) / (1 + df)) + 1, as if one more text held every term (scikit-learn's smooth_idf).</summary>
    internal static float Idf(int textsWithTerm, int texts) => (float)(Math.Log((1.0 + texts) / (1.0 + textsWithTerm)) + 1);

    private static IReadOnlyList<SelectedTerm> SelectTerms(IReadOnlyList<TrainingText> rows, CancellationToken cancellationToken)
    {
        var selection = new TermSelection();
        var tokenizer = new TalkTokenizer();
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tokenizer.Fill(TalkFeatures.Clean(row.Body));
            selection.Add(tokenizer);
        }

        return selection.Select(FewestTexts, MostTerms, cancellationToken);
    }

    private static List<SparseRow> Examples(
        IReadOnlyList<TrainingText> rows, TalkVocabulary vocabulary, float[] idf, CancellationToken cancellationToken)
    {
        var features = new TalkFeatures();
        var examples = new List<SparseRow>(rows.Count);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            features.Fill(TalkFeatures.Clean(row.Body), vocabulary);
            var columns = features.Terms.ToArray();
            Array.Sort(columns);
            var norm = features.Norm(idf);
            examples.Add(new SparseRow(
                columns, Array.ConvertAll(columns, column => (float)(features.ValueOf(column, idf) / norm)), row.Removed));
        }

        return examples;
    }

    private static Dictionary<string, string> Settings(int terms) => new(StringComparer.Ordinal)
    {
        ["tokens"] = "lemmas",
        ["n-grams"] = string.Create(CultureInfo.InvariantCulture, $"1 to {TalkVocabulary.LongestTerm}"),
        ["texts a term stands in, at least"] = FewestTexts.ToString(CultureInfo.InvariantCulture),
        ["terms"] = terms.ToString(CultureInfo.InvariantCulture),
        ["C"] = C.ToString(CultureInfo.InvariantCulture),
    };
}
