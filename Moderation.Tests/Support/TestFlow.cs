using System.Collections;

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;

namespace Moderation.Tests.Support;

/// <summary>The real flow on a store in memory.</summary>
internal sealed class TestFlow : IAsyncDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private Task _running = Task.CompletedTask;

    /// <param name="probability">What every comment scores; null leaves the flow without a model.</param>
    public TestFlow(
        InMemoryPredictionStore? store = null, PipelineOptions? options = null, TimeProvider? time = null, double? probability = 0.9)
    {
        time ??= TimeProvider.System;
        Store = store ?? new InMemoryPredictionStore();
        Statistics = new PipelineStatistics(Options.Create(options ?? new PipelineOptions()), time);
        Changes = new ChangeFeed(time, NullLogger<ChangeFeed>.Instance);
        Flow = new ModerationFlow(
            Store, Model, Thresholds, Changes, Statistics, Options.Create(options ?? new PipelineOptions()), time, NullLogger<ModerationFlow>.Instance);
        Runner = new SourceRunner(Flow, Store, Statistics, NullLogger<SourceRunner>.Instance);
        SourceStore = new InMemorySourceStore(Store);
        Supervisor = new SourceSupervisor(Runner, SourceStore, Statistics, Changes, time, NullLogger<SourceSupervisor>.Instance);
        if (probability is { } constant)
        {
            Model.Swap(TestModels.Loaded(TestModels.Constant(constant)));
        }
    }

    public InMemoryPredictionStore Store { get; }

    public LiveModel Model { get; } = new();

    public LiveThresholds Thresholds { get; } = new(new ThresholdTable(0.5, new Dictionary<string, double>()));

    public PipelineStatistics Statistics { get; }

    public ChangeFeed Changes { get; }

    public ModerationFlow Flow { get; }

    public SourceRunner Runner { get; }

    public InMemorySourceStore SourceStore { get; }

    public SourceSupervisor Supervisor { get; }

    /// <summary>Starts the stages.</summary>
    public TestFlow Start()
    {
        _running = Flow.RunAsync(_abort.Token);
        return this;
    }

    /// <summary>Ends when everything under way is committed.</summary>
    public Task DrainAsync()
    {
        Flow.Complete();
        return _running.Guarded();
    }

    /// <summary>Gives up what is under way.</summary>
    public async Task AbortAsync()
    {
        await _abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.Guarded());
    }

    public Task<Task<CommittedBatch>> EnterAsync(CommentBatch batch) =>
        Flow.EnterAsync(batch, TestContext.Current.CancellationToken).Guarded();

    public async ValueTask DisposeAsync()
    {
        Flow.Complete();
        await _abort.CancelAsync();
        await Task.WhenAny(_running);
        Flow.Dispose();
        _abort.Dispose();
    }

    /// <summary>A batch of comments whose bodies are their ids.</summary>
    public static CommentBatch Batch(string source, params string[] ids) => Of(source, [.. ids.Select(id => Comment(id))]);

    public static CommentBatch Of(string source, params IncomingComment[] comments) => new(source, comments);

    public static IncomingComment Comment(string id, DateTimeOffset? createdAt = null) => new() { ExternalId = id, Body = id, CreatedAt = createdAt };

    /// <summary>A batch whose scoring stops at its first comment, model and thresholds already taken, until the gate opens.</summary>
    public static CommentBatch Held(CommentBatch batch, ScoringGate gate) => batch with { Comments = new HeldComments(batch.Comments, gate) };

    private sealed class HeldComments(IReadOnlyList<IncomingComment> comments, ScoringGate gate) : IReadOnlyList<IncomingComment>
    {
        public int Count => comments.Count;

        public IncomingComment this[int index] => comments[index];

        public IEnumerator<IncomingComment> GetEnumerator()
        {
            gate.Pass();
            return comments.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
