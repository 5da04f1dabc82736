using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Support;

/// <summary>Keeps what is committed in memory, by the rules of the port.</summary>
internal sealed class InMemoryPredictionStore : IPredictionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Source, string Id), string> _bodies = [];
    private readonly Dictionary<string, SourcePosition> _checkpoints = new(StringComparer.Ordinal);
    private readonly HashSet<(string Source, string Id)> _waiting = [];
    private readonly List<CommittedBatch> _committed = [];
    private readonly Dictionary<string, WindowOperator> _windows = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource? _gate;
    private volatile StoreUnavailableException? _outage;
    private int _calls;

    /// <summary>Most batches in one transaction.</summary>
    public int MostBatches { get; init; } = int.MaxValue;

    public WindowOptions Windows { get; init; } = new PipelineOptions().Windows;

    /// <summary>Called behind each transaction with the number of batches committed so far.</summary>
    public Action<int>? Committing { get; set; }

    /// <summary>Commits that were begun.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<CommittedBatch> Committed
    {
        get
        {
            lock (_lock)
            {
                return [.. _committed];
            }
        }
    }

    /// <summary>Ids in the order in which they were committed, duplicates included.</summary>
    public IReadOnlyList<string> CommittedIds(string source) =>
        [.. Committed.Where(batch => batch.Scored.Batch.Source == source)
            .SelectMany(batch => batch.Comments).Select(comment => comment.Scored.Comment.ExternalId)];

    /// <summary>Commits wait from now on.</summary>
    public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        _gate?.TrySetResult();
        _gate = null;
    }

    /// <summary>Commits are refused with this reason; null ends it.</summary>
    public void Refuse(string? reason) => _outage = reason is null ? null : new StoreUnavailableException(reason, new IOException(reason));

    public async Task<IReadOnlyList<CommittedBatch>> CommitAsync(IReadOnlyList<ScoredBatch> batches, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (_gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        if (_outage is { } outage)
        {
            throw outage;
        }

        List<CommittedBatch> committed;
        int count;
        lock (_lock)
        {
            committed = [.. batches.Take(MostBatches).Select(Keep)];
            _committed.AddRange(committed);
            count = _committed.Count;
        }

        Committing?.Invoke(count);
        return committed;
    }

    public Task<SourcePosition?> FindCheckpointAsync(string source, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_checkpoints.TryGetValue(source, out var position) ? position : (SourcePosition?)null);
        }
    }

    /// <summary>The source begins anew.</summary>
    public void Forget(string source)
    {
        lock (_lock)
        {
            _checkpoints.Remove(source);
        }
    }

    private CommittedBatch Keep(ScoredBatch batch)
    {
        if (batch.Batch.Position is { } position)
        {
            _checkpoints[batch.Batch.Source] = position;
        }

        if (!_windows.TryGetValue(batch.Batch.Source, out var windows))
        {
            _windows[batch.Batch.Source] = windows = new WindowOperator(Windows, overflowCommunity: 0);
        }

        var comments = batch.Comments.Select(comment => Keep(batch.Batch.Source, comment, windows)).ToList();
        windows.TakeResults();
        return new CommittedBatch(batch, comments) { Greatest = Time(windows.GreatestEventTime) };

        static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
    }

    private CommittedComment Keep(string source, ScoredComment scored, WindowOperator windows)
    {
        var key = (source, scored.Comment.ExternalId);
        var known = _bodies.TryGetValue(key, out var before);
        var outcome = scored.Comment.Deleted ? CommentOutcome.Withdrawn
            : !known ? CommentOutcome.Stored
            : before == scored.Comment.Body ? CommentOutcome.Duplicate
            : CommentOutcome.Edited;
        _bodies[key] = scored.Comment.Body;
        var enqueued = outcome is CommentOutcome.Stored or CommentOutcome.Edited && scored.Flagged && _waiting.Add(key);
        var late = outcome == CommentOutcome.Stored && !windows.Add(
            1, scored.CreatedAt.ToUnixTimeMilliseconds(), WindowTotals.OfComment(scored.Probability, scored.Flagged), !scored.Clamped);
        return new CommittedComment(scored, _bodies.Count, outcome, enqueued, late);
    }
}
