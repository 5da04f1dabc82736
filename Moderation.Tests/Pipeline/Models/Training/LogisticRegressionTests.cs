using Moderation.Pipeline.Models.Talk;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Tests.Pipeline.Models.Training;

public sealed class LogisticRegressionTests
{
    /// <summary>Weights and intercept by scikit-learn 1.2.1's LogisticRegression(C, tol=1e-12) on the rows of <see cref="Rows"/>.</summary>
    [Theory]
    [InlineData(0.1, 0.00055836, -0.0640034, -0.14286255, 0.10317647)]
    [InlineData(1, 0.02874174, -0.47718297, -1.00988553, 0.73016065)]
    [InlineData(10, 0.19834451, -1.67325347, -2.9976295, 2.23587164)]
    public void The_weights_are_scikit_learns(double c, double first, double second, double third, double intercept)
    {
        var (weights, bias) = LogisticRegression.Fit(Rows(), 3, TalkRecipe.Options(c), iterated: null, TestContext.Current.CancellationToken);

        Assert.Equal(first, weights[0], tolerance: 1e-3);
        Assert.Equal(second, weights[1], tolerance: 1e-3);
        Assert.Equal(third, weights[2], tolerance: 1e-3);
        Assert.Equal(intercept, bias, tolerance: 1e-3);
    }

    [Fact]
    public void The_intercept_is_not_penalised()
    {
        // Without a feature the best intercept is the log-odds of the labels, whatever C is: 30 of 40 are removed.
        var rows = Enumerable.Range(0, 40).Select(i => new SparseRow([], [], i % 4 != 0)).ToList();

        var (_, bias) = LogisticRegression.Fit(rows, 1, TalkRecipe.Options(0.001), iterated: null, TestContext.Current.CancellationToken);

        Assert.Equal(Math.Log(3), bias, tolerance: 1e-3);
    }

    private static List<SparseRow> Rows()
    {
        int[] labels = [1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1];
        return [.. labels.Select(static (label, i) =>
            new SparseRow([0, 1, 2], [i * 7 % 5 / 4f, i * 3 % 4 / 3f, i % 3 / 2f], label == 1))];
    }
}
