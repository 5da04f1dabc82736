using Bunit;

using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Searching;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;
using Moderation.Web.Components.Parts;

using MudBlazor.Services;

namespace Moderation.Tests.Support;

/// <summary>Pages rendered on the real readers, writers and database of a desk, in a browser that is not there.</summary>
public abstract class PageTest : IAsyncLifetime
{
    private readonly CancellationTokenSource _abort = new();
    private Task _flow = Task.CompletedTask;
    private int _added;

    protected BunitContext Browser { get; } = new();

    protected TestDesk Desk { get; private set; } = null!;

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Every comment scores 0.9 and is flagged.</summary>
    public async ValueTask InitializeAsync()
    {
        Desk = await TestDesk.CreateAsync();
        await Desk.UseConstantModelAsync(0.9);
        _flow = Desk.Get<ModerationFlow>().RunAsync(_abort.Token);
        Browser.JSInterop.Mode = JSRuntimeMode.Loose;
        Browser.JSInterop.SetupModule("./js/keys.js").SetupModule(_ => true);
        Browser.Services.AddMudServices();
        Share<QueueReader>();
        Share<HistoryReader>();
        Share<SearchStatus>();
        Share<ThresholdReader>();
        Share<SpikeReader>();
        Share<LateReader>();
        Share<SpikeWriter>();
        Share<DecisionWriter>();
        Share<ThresholdWriter>();
        Share<IModelRegistry>();
        Share<LiveModel>();
        Share<ModelShelf>();
        Share<LiveThresholds>();
        Share<PipelineReadiness>();
        Share<ChangeFeed>();
        Share<TimeProvider>();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        Desk.Get<ModerationFlow>().Complete();
        await _flow;
        await Desk.DisposeAsync();
        _abort.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Renders a page for a moderator called "ann".</summary>
    protected IRenderedComponent<TPage> Open<TPage>()
        where TPage : IComponent =>
        Browser.Render<TPage>(parameters => parameters.AddCascadingValue(new Moderator { ChosenName = "ann" }));

    /// <summary>Commits another text of the comment that was added as number so many.</summary>
    protected Task EditAsync(int number, string body) =>
        CommitAsync(new IncomingComment { ExternalId = $"c{number}", Body = body, Author = "writer", Community = "games" });

    /// <summary>Commits comments with these texts, and gives their ids.</summary>
    protected async Task<IReadOnlyList<long>> AddAsync(params string[] bodies)
    {
        var comments = bodies.Select(body => new IncomingComment { ExternalId = $"c{++_added}", Body = body, Author = "writer", Community = "games" });
        return await CommitAsync([.. comments]);
    }

    private async Task<IReadOnlyList<long>> CommitAsync(params IncomingComment[] comments)
    {
        var committed = await await Desk.Get<ModerationFlow>().EnterAsync(new CommentBatch("test", comments), Stop);
        return [.. committed.Comments.Select(comment => comment.Id)];
    }

    /// <summary>Decides as somebody else would, in a browser of theirs.</summary>
    protected async Task DecideAsync(long id, DecisionAction action, string actor = "bob", string? reason = null)
    {
        var comment = await FindAsync(id);
        var outcome = await Desk.Get<DecisionWriter>().DecideAsync(new DecisionRequest(id, action, comment.Version, actor, reason), Stop);
        Assert.Equal(DecisionResult.Done, outcome.Result);
    }

    protected async Task<CommentItem> FindAsync(long id) => (await Desk.Get<QueueReader>().FindAsync(id, Stop))!;

    private void Share<T>()
        where T : class => Browser.Services.AddSingleton(_ => Desk.Get<T>());
}
