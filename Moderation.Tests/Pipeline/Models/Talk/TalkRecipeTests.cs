using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Talk;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Talk;

public sealed class TalkRecipeTests
{
    [Fact]
    public void It_is_found_by_its_name()
    {
        Assert.IsType<TalkRecipe>(Recipes.Find("talk"));
        Assert.Null(Recipes.Find("nonsense"));
        Assert.Contains("talk", Recipes.Names);
    }

    [Fact]
    public void The_same_rows_in_any_order_give_the_same_model_to_the_bit()
    {
        var rows = TestModels.Rows(120);
        var expected = TestModels.Parameters(Fit(rows).Scorer);
        for (var seed = 1; seed <= 3; seed++)
        {
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(expected, TestModels.Parameters(Fit(shuffled).Scorer));
        }
    }

    [Fact]
    public void What_only_removed_texts_say_raises_the_score()
    {
        var fitted = Fit(TestModels.Rows(120));

        Assert.True(fitted.Scorer.Score("you idiot go away") > 0.7);
        Assert.True(fitted.Scorer.Score("an interesting result, thank you") < 0.3);
        Assert.Equal("1", fitted.Settings["C"]);
        Assert.Null(fitted.OutOfFold);
    }

    [Fact]
    public void No_more_than_a_thousand_terms_are_kept()
    {
        var rows = Enumerable.Range(0, 3000).Select(i => new LabelledComment($"w{i / 6} v{i / 3} row n{i}", i % 2 == 0));

        Assert.Equal(1000, Assert.IsType<TalkScorer>(Fit(rows).Scorer).Terms.Count);
    }

    [Fact]
    public void Texts_that_share_no_word_are_too_little_to_learn_from()
    {
        var rows = Enumerable.Range(0, 20).Select(i => new LabelledComment($"word{i}", i % 2 == 0));

        Assert.Throws<TrainingException>(() => Fit(rows));
    }

    [Fact]
    public void Hostile_texts_among_the_rows_do_no_harm()
    {
        List<LabelledComment> rows =
        [
            .. TestModels.Rows(60),
            new("", true), new("\uD83D", false), new(new string('[', 100_000), true), new("\0\0", false), new("&#0;", true), new("\u0301\n'", false),
        ];

        Assert.InRange(Fit(rows).Scorer.Score("you idiot"), 0, 1);
    }

    [Fact]
    public void A_cancelled_training_ends()
    {
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new TalkRecipe().Fit(Canonical(TestModels.Rows(300)), progress => CancelWhenFitting(progress, stop), stop.Token));

        static void CancelWhenFitting(TrainingProgress progress, CancellationTokenSource stop)
        {
            if (progress.Fraction >= 0.5)
            {
                stop.Cancel();
            }
        }
    }

    /// <summary>scikit-learn gets 0.787 on these rows (Moderation.Benchmarks/peers/talk_recipe.py).</summary>
    [Fact]
    public void On_real_comments_it_is_as_right_as_the_same_recipe_in_scikit_learn()
    {
        var train = LabelledFile.Read(SharedData.Require("rscience", "train.csv"), null, null, TestContext.Current.CancellationToken).Rows;
        var test = LabelledFile.Read(SharedData.Require("rscience", "dev.csv"), null, null, TestContext.Current.CancellationToken).Rows;
        var tested = test.Select(row => TextHash.Of(row.Body)).ToHashSet();

        var scorer = Fit(train.Where(row => !tested.Contains(TextHash.Of(row.Body)))).Scorer;

        var metrics = ModelEvaluator.Evaluate([.. test.Select(row => new ScoredLabel(scorer.Score(row.Body), row.Removed))], 0.5);
        TestContext.Current.TestOutputHelper!.WriteLine($"ROC-AUC {metrics.RocAuc:F4}, log-loss {metrics.LogLoss:F4}");
        Assert.True(metrics.RocAuc > 0.787 - 0.02, $"ROC-AUC {metrics.RocAuc:F4}");
    }

    private static FittedModel Fit(IEnumerable<LabelledComment> rows) =>
        new TalkRecipe().Fit(Canonical(rows), progress: null, TestContext.Current.CancellationToken);

    private static List<TrainingText> Canonical(IEnumerable<LabelledComment> rows) =>
    [
        .. rows.Select(row => TrainingText.Of(row))
            .OrderBy(row => row.Hash).ThenBy(row => row.Removed).DistinctBy(row => row.Hash),
    ];
}
