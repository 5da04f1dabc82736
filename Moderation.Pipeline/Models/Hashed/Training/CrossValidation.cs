namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>Scores each text by a model that was fitted without it.</summary>
/// <param name="foldOf">For each text, 0 to <paramref name="folds"/> − 1.</param>
internal sealed class CrossValidation(IReadOnlyList<SparseText> texts, int[] foldOf, int folds, WeightFitter fitter)
{
    /// <summary>Logits out of fold.</summary>
    /// <param name="fitted">Called after each of the fits.</param>
    public double[] Logits(FitSettings settings, Action fitted)
    {
        var logits = new double[texts.Count];
        Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = fitter.CancellationToken }, fold =>
        {
            var model = fitter.Fit([.. texts.Where((_, i) => foldOf[i] != fold)], settings);
            for (var i = 0; i < logits.Length; i++)
            {
                if (foldOf[i] == fold)
                {
                    logits[i] = model.Logit(texts[i]);
                }
            }

            lock (logits)
            {
                fitted();
            }
        });
        return logits;
    }
}
