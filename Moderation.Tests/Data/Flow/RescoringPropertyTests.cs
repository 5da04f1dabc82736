using CsCheck;

using Moderation.Pipeline.Flow;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;
using static Moderation.Tests.Data.Flow.RescoringExtensions;

namespace Moderation.Tests.Data.Flow;

public sealed class RescoringPropertyTests
{
    private enum Act
    {
        Add,
        Edit,
        Withdraw,

        /// <summary>The run is asked to stop behind some batches; those under way are committed.</summary>
        Stop,

        /// <summary>The program ends behind some batches; those under way are lost.</summary>
        Abort,

        /// <summary>A comment comes and another is edited while a run is between two batches.</summary>
        WriteBetween,
    }

    [Fact]
    public Task However_it_is_cut_each_newest_text_has_one_prediction_in_the_end_and_nothing_else_has_changed() =>
        Gen.Select(Gen.Enum<Act>(), Gen.Int[0, 6]).Array[4, 14].SampleAsync(RunAsync, seed: "0N0XIzNsQ0O2", iter: 20, threads: 1);

    private static async Task RunAsync((Act Act, int Number)[] acts)
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await CreateAsync(folder.Path))
        {
            await desk.StoreAsync([.. Enumerable.Range(0, 12).Select(n => Scored($"id{n}", $"text {n}"))]);
        }

        var step = 0;
        foreach (var (act, number) in acts)
        {
            await ApplyAsync(folder.Path, act, number, ++step);
        }

        await using var last = await TestDesk.CreateAsync(folder.Path);
        last.UseAnyModel();
        var before = DatabaseDump.WithoutRescoring(last, OtherKey, SourceName);
        Assert.True((await last.RescoreAsync()).Finished);
        Assert.Equal(before, DatabaseDump.WithoutRescoring(last, OtherKey, SourceName));
        AssertComplete(last);
    }

    private static async Task ApplyAsync(string folder, Act act, int number, int step)
    {
        await using var desk = await TestDesk.CreateAsync(folder);
        desk.UseAnyModel();
        switch (act)
        {
            case Act.Add:
                await desk.StoreAsync([.. Enumerable.Range(0, number).Select(n => Scored($"new{step}-{n}", $"new {step} {n}"))]);
                break;
            case Act.Edit:
                await desk.StoreAsync(Scored($"id{number}", $"edited {step}"));
                break;
            case Act.Withdraw:
                await desk.StoreAsync(Withdrawn($"id{number + 6}"));
                break;
            case Act.WriteBetween:
                await CutAsync(desk, number, abort: false, () => desk.StoreAsync(Scored($"between{step}"), Scored($"id{number}", $"edited {step}")));
                break;
            default:
                var before = DatabaseDump.WithoutRescoring(desk, OtherKey, SourceName);
                await CutAsync(desk, number, act == Act.Abort, between: null);
                Assert.Equal(before, DatabaseDump.WithoutRescoring(desk, OtherKey, SourceName));
                break;
        }
    }

    /// <summary>One run of the program with one of the rescoring, which is cut behind so many batches.</summary>
    private static async Task CutAsync(TestDesk desk, int batches, bool abort, Func<Task>? between)
    {
        using var stop = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        var source = (await desk.HistoryAsync()).Interrupted(async batch =>
        {
            if (batch == batches / 2 && between is not null)
            {
                await between();
            }

            if (batch == batches)
            {
                await (abort ? giveUp : stop).CancelAsync();
                await stop.CancelAsync();
            }
        });
        var flow = desk.Get<ModerationFlow>();
        var running = flow.RunAsync(giveUp.Token);
        await ((Task)desk.Get<SourceRunner>().RunAsync(source, null, stop.Token).Guarded()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        flow.Complete();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void AssertComplete(TestDesk desk)
    {
        var texts = desk.Look(context => context.CommentTexts.ToList()).ToDictionary(text => (text.CommentId, text.TextVersion), text => text.Body);
        var rescored = desk.Rescored().ToDictionary(row => (row.CommentId, row.TextVersion), row => row.Probability);
        Assert.All(rescored, row => Assert.Equal(OtherModel.Score(texts[row.Key]), row.Value));
        Assert.All(
            desk.Look(context => context.Comments.Where(row => row.WithdrawnAt == null).ToList()),
            row => Assert.True(rescored.ContainsKey((row.Id, row.TextVersion)), $"{row.ExternalId} has no prediction of its text {row.TextVersion}."));
    }
}
