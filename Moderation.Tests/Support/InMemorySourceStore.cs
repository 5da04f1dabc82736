using System.Collections.Concurrent;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Supervision;

namespace Moderation.Tests.Support;

/// <summary>Keeps in memory how sources stand, beside the checkpoints of a store in memory.</summary>
internal sealed class InMemorySourceStore(InMemoryPredictionStore checkpoints) : ISourceStore
{
    private readonly ConcurrentDictionary<string, bool> _paused = new(StringComparer.Ordinal);

    /// <summary>What is asked for is refused with this reason; null ends it.</summary>
    public string? Outage { get; set; }

    public async Task<SourceRecord> FindAsync(string source, CancellationToken cancellationToken) =>
        new(_paused.GetValueOrDefault(source), await checkpoints.FindCheckpointAsync(source, cancellationToken), null);

    public Task SetPausedAsync(string source, bool paused, CancellationToken cancellationToken)
    {
        ThrowIfOut();
        _paused[source] = paused;
        return Task.CompletedTask;
    }

    public Task RewindAsync(string source, CancellationToken cancellationToken)
    {
        ThrowIfOut();
        checkpoints.Forget(source);
        return Task.CompletedTask;
    }

    private void ThrowIfOut()
    {
        if (Outage is { } reason)
        {
            throw new StoreUnavailableException(reason, new IOException(reason));
        }
    }
}
