using System.Runtime.CompilerServices;

using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Flow;

/// <summary>Short ways to rescore the comments of a desk with a model that gives each text a score of its own.</summary>
internal static class RescoringExtensions
{
    public const int BatchSize = 3;

    /// <summary>The version of <see cref="OtherModel"/> on a desk of <see cref="CreateAsync"/>.</summary>
    public const string OtherVersion = "v2";

    public const int OtherKey = 2;
    public const string SourceName = "rescore v2";

    public static Scorer OtherModel { get; } = TestModels.Noise();

    /// <summary>A desk whose live model v1 gives all comments the same score; v2 is a candidate.</summary>
    public static async Task<TestDesk> CreateAsync(string? folder = null)
    {
        var desk = await TestDesk.CreateAsync(folder);
        await desk.UseConstantModelAsync(Over);
        await desk.Get<IModelRegistry>().RegisterAsync(new TrainedModel(OtherModel, Card), Stop);
        return desk;
    }

    public static async Task<HistorySource> HistoryAsync(this TestDesk desk, string version = OtherVersion) => new(
        await desk.Get<IModelRegistry>().LoadAsync(version, Stop), desk.Get<ICommentLog>(),
        new HistorySourceOptions { BatchSize = BatchSize }, TimeProvider.System);

    public static async Task<SourceRun> RescoreAsync(this TestDesk desk, string version = OtherVersion)
    {
        var source = await desk.HistoryAsync(version);
        return await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(source, null, Stop));
    }

    /// <summary>What v2 says.</summary>
    public static IReadOnlyList<Prediction> Rescored(this TestDesk desk) => desk.Look(context => context.Predictions
        .Where(row => row.ModelId == OtherKey).OrderBy(row => row.CommentId).ThenBy(row => row.TextVersion).ToList());

    /// <summary>Calls <paramref name="before"/> with the number of each batch when it is read and before it is given out.</summary>
    public static ICommentSource Interrupted(this ICommentSource source, Func<int, Task> before) => new InterruptedSource(source, before);

    private sealed class InterruptedSource(ICommentSource source, Func<int, Task> before) : ICommentSource
    {
        public string Name => source.Name;

        public async IAsyncEnumerable<CommentBatch> ReadAsync(
            SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var number = 0;
            await foreach (var batch in source.ReadAsync(after, cancellationToken))
            {
                await before(number++);
                cancellationToken.ThrowIfCancellationRequested();
                yield return batch;
            }
        }
    }
}
