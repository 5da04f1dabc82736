using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Training;

public sealed class ModelTrainerTests
{
    [Fact]
    public void The_same_rows_in_any_order_give_the_same_model_to_the_bit()
    {
        var rows = TestModels.Rows(90);
        rows.AddRange(rows.Take(10).Select(row => row with { Removed = !row.Removed }));
        rows.AddRange(rows.Take(10).Select(row => row with { Body = row.Body.ToUpperInvariant() }));
        var expected = Train(rows);
        for (var seed = 1; seed <= 3; seed++)
        {
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);

            var model = Train(shuffled);

            Assert.Equal(expected.Scorer.Bias, model.Scorer.Bias);
            Assert.Equal(TestModels.Parameters(expected.Scorer), TestModels.Parameters(model.Scorer));
            Assert.Equal(expected.Card.DataFingerprint, model.Card.DataFingerprint);
            Assert.Equivalent(expected.Card.Metrics, model.Card.Metrics);
        }
    }

    [Fact]
    public void Other_rows_have_another_fingerprint()
    {
        var rows = TestModels.Rows(60);

        var fingerprint = Train(rows, []).Card.DataFingerprint;

        Assert.NotEqual(fingerprint, Train(TestModels.Rows(61), []).Card.DataFingerprint);
        Assert.NotEqual(fingerprint, Train([rows[0] with { Removed = !rows[0].Removed }, .. rows.Skip(1)], []).Card.DataFingerprint);
    }

    [Fact]
    public void Every_row_is_trained_on_held_out_or_dropped()
    {
        var rows = TestModels.Rows(200);
        rows.AddRange(rows.Take(30).Select(row => row with { Body = "  " + row.Body.ToUpperInvariant().Replace(" ", "\r\n", StringComparison.Ordinal) }));

        var card = Train(rows).Card;

        Assert.Equal(30, card.DroppedRows);
        Assert.Equal(rows.Count, card.TrainRows + card.TestRows + card.DroppedRows);
        Assert.InRange(card.TestRows, 20, 60);
        Assert.Equal(card.TestRows, card.Metrics!.Rows);
    }

    [Fact]
    public void A_text_among_the_test_rows_is_never_trained_on_and_no_test_row_is_dropped()
    {
        var rows = TestModels.Rows(60);
        var test = rows.Take(12).Concat(rows.Take(3)).Select(row => row with { Body = row.Body.ToUpperInvariant() }).ToList();

        var card = Train(rows, test).Card;

        Assert.Equal((48, 15, 12), (card.TrainRows, card.TestRows, card.DroppedRows));
        Assert.Equal(Train([.. rows.Skip(12)], []).Card.DataFingerprint, card.DataFingerprint);
    }

    [Fact]
    public void Without_test_rows_there_are_no_metrics() => Assert.Null(Train(TestModels.Rows(60), []).Card.Metrics);

    [Fact]
    public void Too_few_rows_of_a_label_are_refused_with_both_counts()
    {
        var rows = TestModels.Rows(60).Where(row => !row.Removed).Take(20)
            .Concat(TestModels.Rows(60).Where(row => row.Removed).Take(ModelTrainer.FewestRowsOfALabel - 1)).ToList();

        var error = Assert.Throws<TrainingException>(() => Train(rows, []));

        Assert.Contains("4 removed and 20 kept", error.Message, StringComparison.Ordinal);
        Assert.Throws<TrainingException>(() => Train([]));
        Assert.Throws<TrainingException>(() => Train([.. Enumerable.Repeat(new LabelledComment("same", true), 50), .. TestModels.Rows(60).Where(row => !row.Removed)]));
    }

    [Fact]
    public void Texts_without_a_single_feature_are_too_little_to_learn_from()
    {
        var rows = Enumerable.Range(0, 20).Select(i => new LabelledComment(new string('\u200B', i + 1), i % 2 == 0)).ToList();

        Assert.Throws<TrainingException>(() => Train(rows, []));
    }

    [Fact]
    public void Hostile_texts_among_the_rows_do_no_harm()
    {
        var rows = TestModels.Rows(60);
        rows.AddRange(
        [
            new("", true), new("\uD83D", false), new(new string('[', 100_000), true), new("\0\0", false), new("&#0;", true), new("\u0301", false),
        ]);

        Assert.InRange(Train(rows, []).Scorer.Score("you idiot"), 0, 1);
    }

    [Fact]
    public void A_cancelled_training_ends()
    {
        using var stop = new CancellationTokenSource();
        var trainer = new ModelTrainer(TimeProvider.System);

        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(
            TestModels.Rows(300), null, "test", progress => CancelWhenFitting(progress, stop), stop.Token));

        static void CancelWhenFitting(TrainingProgress progress, CancellationTokenSource stop)
        {
            if (progress.Fraction >= 0.3)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void Progress_goes_forward_from_0_to_1()
    {
        var reports = new List<double>();

        new ModelTrainer(TimeProvider.System).Train(
            TestModels.Rows(100), null, "test", progress => reports.Add(progress.Fraction), TestContext.Current.CancellationToken);

        Assert.Equal(0, reports[0]);
        Assert.Equal(1, reports[^1]);
        Assert.Equal(reports.Order(), reports);
    }

    [Fact]
    public void Learnt_from_the_samples_one_half_the_starter_judges_the_other_well()
    {
        var corpus = SampleCorpus.Shared;

        var model = Train(corpus.TrainingRows, corpus.HeldOutRows);

        Assert.Equal(0, model.Card.DroppedRows);
        Assert.Equal(corpus.HeldOutRows.Count, model.Card.Metrics!.Rows);
        Assert.True(model.Card.Metrics.RocAuc > 0.75, $"ROC-AUC {model.Card.Metrics.RocAuc}");
        TestContext.Current.TestOutputHelper!.WriteLine($"ROC-AUC {model.Card.Metrics.RocAuc:F4} on {model.Card.Metrics.Rows} rows");
    }

    private static TrainedModel Train(IReadOnlyCollection<LabelledComment> rows, IReadOnlyCollection<LabelledComment>? test = null) =>
        new ModelTrainer(TimeProvider.System).Train(rows, test, "test rows", progress: null, TestContext.Current.CancellationToken);
}
