using Microsoft.ML;
using Microsoft.ML.Transforms.Text;

using Moderation.Pipeline.Models.Training;

namespace Moderation.Benchmarks.Baselines;

/// <summary>What Microsoft.ML's documentation builds first: FeaturizeText, then the same trainer that the program uses.</summary>
internal static class FeaturizedText
{
    private const string Features = "Features";

    public static void Train(IReadOnlyList<LabelledComment> comments, CancellationToken stop)
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(comments.Select(comment =>
        {
            stop.ThrowIfCancellationRequested();
            return new TextInput { Text = comment.Body, Label = comment.Removed };
        }));
        ml.Transforms.Text.FeaturizeText(
                Features,
                new TextFeaturizingEstimator.Options
                {
                    WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true },
                    CharFeatureExtractor = new WordBagEstimator.Options { NgramLength = 4, UseAllLengths = true },
                },
                nameof(TextInput.Text))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(TextInput.Label), Features))
            .Fit(rows);
    }
}
