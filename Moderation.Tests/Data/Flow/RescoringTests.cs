using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;
using static Moderation.Tests.Data.Flow.RescoringExtensions;

namespace Moderation.Tests.Data.Flow;

public sealed class RescoringTests
{
    [Fact]
    public async Task Each_comment_gets_a_prediction_of_the_named_model_and_nothing_else_changes()
    {
        await using var desk = await CreateAsync();
        await desk.StoreAsync(Scored("a", "first"), Scored("b", "second", Under, community: "cats"), Scored("c", "third"), Scored("d", "fourth"));
        await desk.StoreAsync(Scored("a", "edited"));
        await desk.StoreAsync(Withdrawn("d"));
        await desk.DecideAsync("c", DecisionAction.Remove);
        await desk.Get<ThresholdWriter>().SetAsync("cats", 0.25, null, "ann", Stop);
        var before = DatabaseDump.WithoutRescoring(desk, OtherKey, SourceName);

        var run = await desk.RescoreAsync();

        Assert.Equal(new SourceRun(3, 3, 0, 0, 0, Finished: true), run);
        Assert.Equal(
            [(desk.Row("a").Id, 2, OtherModel.Score("edited"), 0.5), (desk.Row("b").Id, 1, OtherModel.Score("second"), 0.25), (desk.Row("c").Id, 1, OtherModel.Score("third"), 0.5)],
            desk.Rescored().Select(row => (row.CommentId, row.TextVersion, row.Probability, row.Threshold)));
        Assert.Equal(before, DatabaseDump.WithoutRescoring(desk, OtherKey, SourceName));
    }

    [Fact]
    public async Task Run_again_it_reads_only_what_came_or_was_edited_since()
    {
        await using var desk = await CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, 10).Select(n => Scored($"id{n}", $"text {n}"))]);
        await desk.RescoreAsync();

        await desk.StoreAsync(Scored("id2", "another text"), Scored("new"), Scored("id3", "text 3"));

        await using var again = await TestDesk.CreateAsync(desk.Directory.Root);
        again.UseAnyModel();
        Assert.Equal(new SourceRun(2, 2, 0, 0, 0, Finished: true), await again.RescoreAsync());
        Assert.Equal([1, 2], again.Rescored().Where(row => row.CommentId == again.Row("id2").Id).Select(row => row.TextVersion));
        Assert.Equal(new SourceRun(0, 0, 0, 0, 0, Finished: true), await again.RescoreAsync());
    }

    [Fact]
    public async Task A_prediction_that_is_there_stays_as_it_is()
    {
        await using var desk = await CreateAsync();
        await desk.StoreAsync(Scored("a", probability: 0.75), Scored("b", probability: 0.125));

        var run = await desk.RescoreAsync("v1");

        Assert.Equal(new SourceRun(2, 0, 2, 0, 0, Finished: true), run);
        Assert.Equal([0.75, 0.125], desk.Look(context => context.Predictions.OrderBy(row => row.CommentId).Select(row => row.Probability).ToList()));
    }

    [Fact]
    public async Task A_text_that_is_edited_under_way_keeps_its_prediction_and_the_new_one_gets_its_own()
    {
        await using var desk = await CreateAsync();
        await desk.StoreAsync(Scored("a", "first"), Scored("b", "second"));
        var source = (await desk.HistoryAsync()).Interrupted(
            batch => batch == 0 ? desk.StoreAsync(Scored("a", "edited"), Scored("c", "third")) : Task.CompletedTask);

        await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(source, null, Stop));

        var (a, b, c) = (desk.Row("a").Id, desk.Row("b").Id, desk.Row("c").Id);
        Assert.Equal(
            [(a, 1, OtherModel.Score("first")), (a, 2, OtherModel.Score("edited")), (b, 1, OtherModel.Score("second")), (c, 1, OtherModel.Score("third"))],
            desk.Rescored().Select(row => (row.CommentId, row.TextVersion, row.Probability)));
    }

    [Fact]
    public async Task A_promotion_meanwhile_changes_nothing_of_it()
    {
        await using var desk = await CreateAsync();
        await desk.UseConstantModelAsync(Under);
        await desk.StoreAsync([.. Enumerable.Range(0, 30).Select(n => Scored($"id{n}", $"text {n}"))]);
        var registry = desk.Get<IModelRegistry>();
        var source = (await desk.HistoryAsync()).Interrupted(batch => registry.PromoteAsync($"v{(batch % 3) + 1}", "ann", Stop));

        var run = await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(source, null, Stop));

        Assert.Equal((30, 30), (run.Read, run.Committed));
        Assert.Equal(60, desk.Look(context => context.Predictions.Count()));
        Assert.Equal(
            Enumerable.Range(0, 30).Select(n => OtherModel.Score($"text {n}")), desk.Rescored().Select(row => row.Probability));
    }

    [Fact]
    public async Task A_stream_beside_it_keeps_its_order_its_model_and_its_figures()
    {
        const int Old = 90;
        const int New = 60;
        await using var desk = await CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, Old).Select(n => Scored($"old{n}", $"old {n}"))]);
        var runner = desk.Get<SourceRunner>();
        var stream = new ListSource([.. Enumerable.Range(0, New).Select(n => new IncomingComment { ExternalId = $"new{n}", Body = $"new {n}" })], 2);
        var history = await desk.HistoryAsync();

        // Each batch of the stream comes between two of the history, both of them still under way.
        var turn = new SemaphoreSlim(0);
        var runs = await desk.RunFlowAsync(_ => Task.WhenAll(
            runner.RunAsync(history.Interrupted(_ => Task.FromResult(turn.Release())), null, Stop),
            runner.RunAsync(stream.Interrupted(_ => turn.WaitAsync(Stop)), null, Stop)));

        Assert.Equal((New, New), (runs[1].Committed, runs[1].Flagged));
        var rows = desk.Look(context => context.Comments.Where(row => row.Id > Old).OrderBy(row => row.Id).ToList());
        Assert.Equal(Enumerable.Range(0, New).Select(n => $"new{n}"), rows.Select(row => row.ExternalId));
        Assert.All(rows, row => Assert.Equal((1, 0.5, CommentStatus.Pending), (row.ModelId, row.Threshold, row.Status)));
        Assert.Equal(runs[0].Committed, desk.Rescored().Count);
        Assert.Subset(desk.Rescored().Select(row => row.CommentId).ToHashSet(), Enumerable.Range(1, Old).Select(n => (long)n).ToHashSet());

        var figures = desk.Get<PipelineStatistics>().Read();
        Assert.Equal((New, New, New, New, 0), (figures.Received, figures.Scored, figures.Committed, figures.Flagged, figures.Duplicates));
        var source = figures.Sources.Single(source => source.Name == SourceName);
        Assert.Equal((runs[0].Read, SourceState.Finished, null), (source.Received, source.State, source.Watermark));
        Assert.NotNull(source.Position);
    }

    [Fact]
    public async Task What_the_model_cannot_score_or_say_as_a_number_is_passed_over_and_counted()
    {
        await using var desk = await CreateAsync();
        await desk.StoreAsync(Scored("a", "one"), Scored("b", "throw"), Scored("c", "nan"), Scored("d", "two"));
        var before = DatabaseDump.WithoutRescoring(desk, OtherKey, SourceName);
        var source = new HistorySource(
            new LoadedModel(OtherKey, OtherVersion, new PickyScorer(), Card), desk.Get<ICommentLog>(), new HistorySourceOptions(), TimeProvider.System);

        var run = await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(source, null, Stop));

        Assert.Equal(new SourceRun(4, 2, 0, 0, 2, Finished: true), run);
        Assert.Equal([1L, 4], desk.Rescored().Select(row => row.CommentId));
        Assert.Equal(before, DatabaseDump.WithoutRescoring(desk, OtherKey, SourceName));
        Assert.Equal(0, desk.Get<PipelineStatistics>().Read().DeadLettered);
    }

    private sealed class PickyScorer : Scorer
    {
        public override double Bias => 0;

        internal override string Kind => "picky";

        public override double Score(ReadOnlySpan<char> body) =>
            body is "throw" ? throw new InvalidOperationException("No.") : body is "nan" ? double.NaN : 0.5;

        public override double Score(ReadOnlySpan<byte> utf8Body) => throw new NotSupportedException();

        public override Explanation Explain(string body) => throw new NotSupportedException();

        internal override void WriteParameters(BinaryWriter writer) => throw new NotSupportedException();
    }
}
