using System.Threading.Channels;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow;

/// <summary>How full a queue of the flow is, in batches.</summary>
public sealed record QueueFill(string Name, int Length, int Capacity);

/// <summary>
/// Connects the stages: batches come in, workers score them side by side, and they are committed in the order in which
/// they came. A fixed number of batches may be under way; when all places are taken, whoever has more waits.
/// </summary>
public sealed partial class ModerationFlow : IDisposable
{
    private static readonly TimeSpan _firstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestRetry = TimeSpan.FromSeconds(5);

    private readonly IPredictionStore _store;
    private readonly ChangeFeed _changes;
    private readonly PipelineStatistics _statistics;
    private readonly PipelineOptions _options;
    private readonly TimeProvider _time;
    private readonly SteadyClock _clock;
    private readonly TimeSpan _commitDelay;
    private readonly ILogger<ModerationFlow> _logger;
    private readonly BatchScorer _scorer;
    private readonly SemaphoreSlim _places;

    // Each batch stands in both: workers take it from the first in any order, the committer from the second in the
    // order of arrival, where it waits for its score. That queue is the reorder buffer; the places bound both.
    private readonly Channel<Passage> _toScore;
    private readonly Channel<Passage> _toCommit;
    private readonly Lock _entrance = new();
    private volatile string? _problem;
    private bool _closed;

    public ModerationFlow(
        IPredictionStore store,
        LiveModel liveModel,
        LiveThresholds thresholds,
        ChangeFeed changes,
        PipelineStatistics statistics,
        IOptions<PipelineOptions> options,
        TimeProvider time,
        ILogger<ModerationFlow> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _changes = changes;
        _statistics = statistics;
        _options = options.Value;
        _time = time;
        _clock = new SteadyClock(time);
        _commitDelay = TimeSpan.FromMilliseconds(_options.CommitDelayMilliseconds);
        _logger = logger;
        _scorer = new BatchScorer(liveModel, thresholds, statistics, _options, time);
        _places = new SemaphoreSlim(_options.ChannelCapacity);
        _toScore = Channel.CreateBounded<Passage>(_options.ChannelCapacity);
        _toCommit = Channel.CreateBounded<Passage>(new BoundedChannelOptions(_options.ChannelCapacity) { SingleReader = true });
    }

    /// <summary>Why nothing is being committed, in a sentence; null while all is well.</summary>
    public string? Problem => _problem;

    /// <summary>What is wrong with the machine's clock, in a sentence; null while nothing is.</summary>
    public string? ClockProblem => _clock.Problem;

    public IReadOnlyList<QueueFill> Queues =>
    [
        new("scoring", _toScore.Reader.Count, _options.ChannelCapacity),
        new("commit", _options.ChannelCapacity - _places.CurrentCount, _options.ChannelCapacity),
    ];

    /// <summary>Hands a batch in, waiting for a place. The returned task ends behind the batch's commit.</summary>
    /// <exception cref="ChannelClosedException">The flow is shutting down.</exception>
    public async Task<Task<CommittedBatch>> EnterAsync(CommentBatch batch, CancellationToken cancellationToken)
    {
        var came = _time.GetTimestamp();
        await _places.WaitAsync(cancellationToken);
        return Enter(batch, came);
    }

    /// <summary>Hands a batch in if there is a place for it; null if there is none.</summary>
    /// <exception cref="ChannelClosedException">The flow is shutting down.</exception>
    public Task<CommittedBatch>? TryEnter(CommentBatch batch) => _places.Wait(0) ? Enter(batch, _time.GetTimestamp()) : null;

    /// <summary>Takes no more batches; <see cref="RunAsync"/> ends when those under way are committed.</summary>
    public void Complete()
    {
        lock (_entrance)
        {
            _closed = true;
            _toScore.Writer.TryComplete();
            _toCommit.Writer.TryComplete();
        }
    }

    /// <summary>Runs the stages until <see cref="Complete"/> was called and all is committed.</summary>
    /// <param name="abort">Gives up what is under way; it was not acknowledged and its source will repeat it.</param>
    public async Task RunAsync(CancellationToken abort)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var workers = _options.ScoringWorkers > 0 ? _options.ScoringWorkers : Environment.ProcessorCount;
        var stages = Enumerable.Range(0, workers).Select(_ => Task.Run(() => ScoreAsync(stop.Token), CancellationToken.None))
            .Append(Task.Run(() => CommitAsync(stop.Token), CancellationToken.None)).ToList();
        try
        {
            await foreach (var stage in Task.WhenEach(stages))
            {
                await stage;
            }
        }
        catch
        {
            // A stage that ends with an exception has a bug: the others must not wait for it for ever.
            Complete();
            await stop.CancelAsync();
            await Task.WhenAll(stages).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        finally
        {
            Complete();
            while (_toCommit.Reader.TryRead(out var left))
            {
                Abandon(left, new OperationCanceledException("The pipeline was stopped."));
            }
        }
    }

    public void Dispose() => _places.Dispose();

    private Task<CommittedBatch> Enter(CommentBatch batch, long came)
    {
        var passage = new Passage(batch, _clock.Now(), came);
        lock (_entrance)
        {
            if (_closed)
            {
                _places.Release();
                throw new ChannelClosedException("The pipeline is shutting down.");
            }

            // There is a place in both: whoever enters holds one of the capacity's places.
            _toCommit.Writer.TryWrite(passage);
            _toScore.Writer.TryWrite(passage);
        }

        _statistics.Received(batch);
        return passage.Committed.Task;
    }

    /// <summary>Tells whoever waits for the batch, and lets go of its place: who waits for one learns that all is closed.</summary>
    private void Abandon(Passage passage, Exception reason)
    {
        if (passage.Committed.TrySetException(reason))
        {
            _places.Release();
        }
    }

    private async Task ScoreAsync(CancellationToken abort)
    {
        await foreach (var passage in _toScore.Reader.ReadAllAsync(abort))
        {
            try
            {
                passage.Scored.SetResult(await _scorer.ScoreAsync(passage.Batch, passage.ReceivedAt, abort));
            }
            catch (Exception e)
            {
                passage.Scored.SetException(e);
                throw;
            }
        }
    }

    private async Task CommitAsync(CancellationToken abort)
    {
        var group = new List<Passage>();
        while (await _toCommit.Reader.WaitToReadAsync(abort))
        {
            group.Clear();
            try
            {
                await GatherAsync(group, abort);
                await CommitGroupAsync(group, abort);
            }
            catch (Exception e)
            {
                // Closed first: a place that is let go of here must not let anybody in.
                Complete();
                group.ForEach(passage => Abandon(passage, e));
                throw;
            }
        }
    }

    /// <summary>
    /// While one commit runs, the next group gathers by itself. A group closes when it is large enough, when nothing more is under
    /// way, or when the next batch takes longer to score than a commit may wait.
    /// </summary>
    private async Task GatherAsync(List<Passage> group, CancellationToken abort)
    {
        var rows = 0;
        var began = _time.GetTimestamp();
        while (rows < _options.CommitSize && _toCommit.Reader.TryPeek(out var next)
            && (group.Count == 0 || await IsScoredSoonAsync(next, _commitDelay - _time.GetElapsedTime(began), abort)))
        {
            _toCommit.Reader.TryRead(out _);
            group.Add(next);
            rows += (await next.Scored.Task.WaitAsync(abort)).Comments.Count;
        }
    }

    private async ValueTask<bool> IsScoredSoonAsync(Passage passage, TimeSpan patience, CancellationToken abort)
    {
        if (!passage.Scored.Task.IsCompleted && patience > TimeSpan.Zero)
        {
            await Task.WhenAny(passage.Scored.Task, Task.Delay(patience, _time, abort));
        }

        return passage.Scored.Task.IsCompletedSuccessfully;
    }

    private async Task CommitGroupAsync(List<Passage> group, CancellationToken abort)
    {
        for (var done = 0; done < group.Count;)
        {
            var scored = group.Skip(done).Select(passage => passage.Scored.Task.Result).ToList();
            var committed = await CommitPatientlyAsync(scored, abort);
            FailPoint.Pass(FailPoint.BeforeAcknowledgement);
            foreach (var batch in committed)
            {
                var passage = group[done++];
                _statistics.Committed(batch, _time.GetElapsedTime(passage.Came));
                _places.Release();
                passage.Committed.TrySetResult(batch);
            }

            _changes.Notify();
        }
    }

    /// <summary>A store that cannot be written to holds the flow up until it can; nothing is dropped.</summary>
    private async Task<IReadOnlyList<CommittedBatch>> CommitPatientlyAsync(List<ScoredBatch> scored, CancellationToken abort)
    {
        for (var wait = _firstRetry; ; wait = wait * 2 < _longestRetry ? wait * 2 : _longestRetry)
        {
            try
            {
                var committed = await _store.CommitAsync(scored, abort);

                // The caller's signal behind the commit tells that the problem is over, too.
                _problem = null;
                return committed;
            }
            catch (StoreUnavailableException e)
            {
                _problem = e.Message;
                _changes.Notify();
                CommitRefused(_logger, e.Message);
                await Task.Delay(wait, _time, abort);
            }
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "Comments cannot be committed and wait: {Reason}")]
    private static partial void CommitRefused(ILogger logger, string reason);

    /// <summary>A batch on its way through the flow.</summary>
    /// <param name="came">The clock's timestamp of when it came to the door.</param>
    private sealed class Passage(CommentBatch batch, DateTimeOffset receivedAt, long came)
    {
        public CommentBatch Batch => batch;

        public DateTimeOffset ReceivedAt => receivedAt;

        public long Came => came;

        public TaskCompletionSource<ScoredBatch> Scored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<CommittedBatch> Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
