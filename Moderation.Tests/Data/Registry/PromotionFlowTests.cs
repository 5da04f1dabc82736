using System.Runtime.CompilerServices;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Registry;

public sealed class PromotionFlowTests
{
    private const int BatchSize = 5;
    private const int Batches = 240;

    /// <summary>So many batches come in while a promotion is under way.</summary>
    private const int BatchesPerPromotion = 4;

    private static readonly double[] _probabilities = [0.2, 0.6, 0.9];

    [Fact]
    public async Task Comments_stream_through_promotions_and_rollbacks_each_once_and_each_batch_by_one_model()
    {
        await using var desk = await TestDesk.CreateAsync();
        foreach (var probability in _probabilities)
        {
            await desk.UseConstantModelAsync(probability);
        }

        var random = new Random(7);
        var promotion = Task.CompletedTask;
        var source = new StreamingSource(async batch =>
        {
            if (batch % BatchesPerPromotion == 0)
            {
                // The one before ran while batches came in, and is in force by now; the next one does the same.
                await promotion;
                promotion = ChangeModelAsync(desk.Get<IModelRegistry>(), random);
            }
        });

        var run = await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(source, null, Stop));
        await promotion;

        Assert.Equal((Batches * BatchSize, 0), (run.Committed, run.Duplicates));
        Assert.True((await desk.Get<IModelRegistry>().HistoryAsync(1_000, Stop)).Count >= Batches / BatchesPerPromotion / 2);
        AssertScoredOnce(desk);
    }

    private static void AssertScoredOnce(TestDesk desk)
    {
        var comments = desk.Look(context => context.Comments.ToList()).ToDictionary(row => row.Id);
        var predictions = desk.Look(context => context.Predictions.ToList());
        Assert.Equal(
            Enumerable.Range(0, Batches * BatchSize).Select(StreamingSource.Id).Order(), comments.Values.Select(row => row.ExternalId).Order());
        Assert.Equal(comments.Keys.Order(), predictions.Select(row => row.CommentId).Order());
        Assert.All(predictions, row =>
        {
            Assert.Equal(_probabilities[row.ModelId - 1], row.Probability, 5);
            Assert.Equal((row.ModelId, row.Probability), (comments[row.CommentId].ModelId, comments[row.CommentId].Probability));
        });

        var modelsByBatch = comments.Values
            .GroupBy(row => StreamingSource.BatchOf(row.ExternalId))
            .ToDictionary(batch => batch.Key, batch => batch.Select(row => row.ModelId).Distinct().ToList());
        Assert.Equal(Batches, modelsByBatch.Count);
        Assert.All(modelsByBatch.Values, models => Assert.Single(models));
        Assert.Equal(_probabilities.Length, modelsByBatch.Values.Select(models => models[0]).Distinct().Count());
    }

    /// <summary>Another version is promoted, or the newest promotion is taken back.</summary>
    private static async Task ChangeModelAsync(IModelRegistry registry, Random random)
    {
        if (random.Next(3) == 0 && await registry.FindPreviousAsync(Stop) is { } previous)
        {
            await registry.RollBackAsync("ann", previous, Stop);
        }
        else
        {
            await registry.PromoteAsync($"v{random.Next(_probabilities.Length) + 1}", "ann", Stop);
        }
    }

    private sealed class StreamingSource(Func<int, Task> beforeBatch) : ICommentSource
    {
        public string Name => Forum;

        public static string Id(int number) => $"{number / BatchSize}-{number}";

        public static string BatchOf(string id) => id.Split('-')[0];

        public async IAsyncEnumerable<CommentBatch> ReadAsync(
            SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                await beforeBatch(batch);
                var comments = Enumerable.Range(batch * BatchSize, BatchSize)
                    .Select(n => new IncomingComment { ExternalId = Id(n), Body = $"text {n}", CreatedAt = Noon.AddSeconds(n) });
                yield return new CommentBatch(Name, [.. comments]) { Position = new SourcePosition($"{batch}") };
            }
        }
    }
}
