using System.Globalization;

using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Flow.Supervision;

public sealed class SourceSupervisorTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stop = new();
    private readonly TestFlow _flow;
    private Task _supervising = Task.CompletedTask;

    public SourceSupervisorTests() => _flow = new TestFlow(time: _time).Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervising.Guarded();
        await _flow.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_source_that_fails_is_tried_again_after_one_second_then_two_up_to_a_minute()
    {
        var source = new ScriptedSource("feed", 4) { Failure = static _ => new SourceException("The feed is away.") };
        Supervise(source);

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            await UntilAsync("feed", figures => figures.RetryAt - _time.GetUtcNow() == TimeSpan.FromSeconds(seconds));
            Assert.Equal((SourceState.Waiting, "The feed is away."), (Figures("feed").State, Figures("feed").Problem));
            await RetryAsync(source);
        }

        source.Failure = static _ => null;
        await AdvanceUntilAsync("feed", figures => figures.State == SourceState.Finished);
        Assert.Equal(["0", "1", "2", "3"], _flow.Store.CommittedIds("feed"));
        Assert.Null(Figures("feed").Problem);
    }

    [Fact]
    public async Task Progress_begins_the_waiting_anew_and_nothing_is_read_twice()
    {
        var broken = new HashSet<int> { 0, 2, 4 };
        var source = new ScriptedSource("feed", 6) { Failure = next => broken.Remove(next) ? new InvalidOperationException("A bug.") : null };
        Supervise(source);

        for (var failures = 0; failures < 3; failures++)
        {
            await UntilAsync("feed", figures => figures.RetryAt - _time.GetUtcNow() == TimeSpan.FromSeconds(1));
            Assert.Equal("A bug.", Figures("feed").Problem);
            await RetryAsync(source);
        }

        await UntilAsync("feed", figures => figures.State == SourceState.Finished);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], _flow.Store.CommittedIds("feed"));
    }

    [Fact]
    public async Task A_source_that_fails_holds_up_no_other()
    {
        Supervise(
            new ScriptedSource("broken", 4) { Failure = static _ => new SourceException("Away.") },
            new ScriptedSource("sound", 4));

        await UntilAsync("sound", figures => figures.State == SourceState.Finished);

        Assert.Equal(4, _flow.Store.CommittedIds("sound").Count);
        await UntilAsync("broken", figures => figures.State == SourceState.Waiting);
    }

    [Fact]
    public async Task A_missing_file_is_read_when_it_appears_and_read_on_when_it_grows()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.csv");
        Supervise(new FileSource(new FileSourceOptions { Name = "file", Path = path }, _time));
        await UntilAsync("file", figures => figures.State == SourceState.Waiting);
        Assert.Contains("a.csv", Figures("file").Problem, StringComparison.Ordinal);

        folder.Write("a.csv", "id,body\n1,one\n2,two\n");
        await AdvanceUntilAsync("file", figures => figures.State == SourceState.Finished);
        Assert.Equal(["1", "2"], _flow.Store.CommittedIds("file"));

        await File.AppendAllTextAsync(path, "3,three\n", Cancel);
        await AdvanceUntilAsync("file", _ => _flow.Store.CommittedIds("file").Count == 3);
        await UntilAsync("file", figures => figures.State == SourceState.Finished);

        // One that was read and is gone has nothing more to give; that is no fault.
        File.Delete(path);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SourceState.Finished, Figures("file").State);
    }

    [Fact]
    public async Task A_paused_source_reads_nothing_until_it_is_resumed_over_restarts_too()
    {
        var source = new ScriptedSource("feed", 6);
        await _flow.SourceStore.SetPausedAsync("feed", true, Cancel);
        Supervise(source);
        await UntilAsync("feed", figures => figures.State == SourceState.Paused);
        Assert.Equal(0, source.Attempts);

        await _flow.Supervisor.ResumeAsync("feed", Cancel).Guarded();
        await UntilAsync("feed", figures => figures.State == SourceState.Finished);

        await _flow.Supervisor.PauseAsync("feed", Cancel).Guarded();
        Assert.Equal(SourceState.Paused, Figures("feed").State);
        Assert.True((await _flow.SourceStore.FindAsync("feed", Cancel)).Paused);
        Assert.Equal(6, _flow.Store.CommittedIds("feed").Count);
    }

    [Fact]
    public async Task Pausing_waits_for_the_commit_of_what_is_under_way()
    {
        var source = new ScriptedSource("feed", 1_000);
        _flow.Store.Close();
        Supervise(source);
        await UntilAsync("feed", figures => figures.Received > 0);

        var pausing = _flow.Supervisor.PauseAsync("feed", Cancel);
        Assert.False(pausing.IsCompleted);
        _flow.Store.Open();
        await pausing.Guarded();

        var committed = _flow.Store.CommittedIds("feed").Count;
        Assert.Equal(Figures("feed").Received, committed);
        Assert.Equal(committed.ToString(CultureInfo.InvariantCulture), Figures("feed").Position);
        Assert.InRange(committed, 1, 999);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rewound_source_begins_anew_and_its_comments_are_known(bool paused)
    {
        var source = new ScriptedSource("feed", 6);
        Supervise(source);
        await UntilAsync("feed", figures => figures.State == SourceState.Finished);
        if (paused)
        {
            await _flow.Supervisor.PauseAsync("feed", Cancel).Guarded();
        }

        await _flow.Supervisor.RewindAsync("feed", Cancel).Guarded();
        if (paused)
        {
            Assert.Equal((SourceState.Paused, null), (Figures("feed").State, Figures("feed").Position));
            await _flow.Supervisor.ResumeAsync("feed", Cancel).Guarded();
        }

        await UntilAsync("feed", _ => _flow.Store.CommittedIds("feed").Count == 12);
        await UntilAsync("feed", figures => figures.State == SourceState.Finished);
        Assert.Equal(6, _flow.Statistics.Read().Duplicates);
    }

    [Fact]
    public async Task A_source_that_waits_for_its_next_try_can_be_paused_rewound_and_tried_at_once()
    {
        var source = new ScriptedSource("feed", 4) { Failure = static next => next == 2 ? new SourceException("Away.") : null };
        Supervise(source);
        await UntilAsync("feed", figures => figures.State == SourceState.Waiting);

        await _flow.Supervisor.PauseAsync("feed", Cancel).Guarded();
        Assert.Equal((SourceState.Paused, null), (Figures("feed").State, Figures("feed").Problem));
        await _flow.Supervisor.RewindAsync("feed", Cancel).Guarded();
        source.Failure = static _ => null;
        await _flow.Supervisor.ResumeAsync("feed", Cancel).Guarded();

        await UntilAsync("feed", figures => figures.State == SourceState.Finished);
        Assert.Equal(["0", "1", "0", "1", "2", "3"], _flow.Store.CommittedIds("feed"));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused_and_the_source_goes_on_as_before()
    {
        var source = new ScriptedSource("feed", 4);
        Supervise(source);
        await UntilAsync("feed", figures => figures.State == SourceState.Finished);
        _flow.SourceStore.Outage = "The disk is full.";

        var pause = await Assert.ThrowsAsync<StoreUnavailableException>(() => _flow.Supervisor.PauseAsync("feed", Cancel).Guarded());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _flow.Supervisor.RewindAsync("feed", Cancel).Guarded());

        Assert.Equal("The disk is full.", pause.Message);
        await UntilAsync("feed", figures => figures.State == SourceState.Finished);
        Assert.Equal("4", Figures("feed").Position);
    }

    [Fact]
    public async Task A_source_that_a_command_reads_is_not_rewound_under_it()
    {
        _flow.Store.Close();
        var reading = _flow.Runner.RunAsync(new ScriptedSource("feed", 4), null, Cancel);
        Supervise(new ScriptedSource("feed", 4));
        await UntilAsync("feed", figures => figures.State == SourceState.Waiting);

        var refused = await Assert.ThrowsAsync<SourceException>(() => _flow.Supervisor.RewindAsync("feed", Cancel).Guarded());
        _flow.Store.Open();
        await reading.Guarded();

        Assert.Contains("is being read already", refused.Message, StringComparison.Ordinal);
        await AdvanceUntilAsync("feed", figures => figures.State == SourceState.Finished);
    }

    [Fact]
    public async Task Orders_that_cannot_be_carried_out_are_one_sentence()
    {
        Supervise(new ScriptedSource("feed", 2));
        var unknown = await Assert.ThrowsAsync<SourceException>(() => _flow.Supervisor.PauseAsync("api", Cancel).Guarded());
        Assert.Equal("Source api is not one of the configured sources, so it cannot be paused, resumed or rewound.", unknown.Message);

        await _stop.CancelAsync();
        await _supervising.Guarded();

        var late = await Assert.ThrowsAsync<SourceException>(() => _flow.Supervisor.PauseAsync("feed", Cancel).Guarded());
        Assert.Contains("shutting down", late.Message, StringComparison.Ordinal);
        Assert.Equal(SourceState.Stopped, Figures("feed").State);
    }

    [Fact]
    public async Task A_flow_that_has_closed_ends_the_supervision()
    {
        _flow.Flow.Complete();

        Supervise(new ScriptedSource("feed", 4));

        await _supervising.Guarded();
        Assert.Equal(SourceState.Stopped, Figures("feed").State);
    }

    private void Supervise(params ICommentSource[] sources) =>
        _supervising = _flow.Supervisor.RunAsync(sources, Task.CompletedTask, _stop.Token);

    private SourceFigures Figures(string source) => _flow.Statistics.Read().Sources.Single(figures => figures.Name == source);

    private Task UntilAsync(string source, Func<SourceFigures, bool> condition) => Waiting.UntilAsync(() => condition(Figures(source)));

    /// <summary>Lets the clock go on to the next try, and no further.</summary>
    private Task RetryAsync(ScriptedSource source)
    {
        var before = source.Attempts;
        _time.Advance(Figures(source.Name).RetryAt!.Value - _time.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        Assert.Equal(before, source.Attempts);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return Waiting.UntilAsync(() => source.Attempts > before);
    }

    private Task AdvanceUntilAsync(string source, Func<SourceFigures, bool> condition) => Waiting.UntilAsync(() =>
    {
        if (condition(Figures(source)))
        {
            return true;
        }

        _time.Advance(TimeSpan.FromMilliseconds(500));
        return condition(Figures(source));
    });
}
