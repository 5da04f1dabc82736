using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

using Moderation.Pipeline.Live;
using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow.Supervision;

/// <summary>
/// Keeps the configured sources going, each by itself: none of them ends for good while the program runs, and what is
/// wrong with one holds up no other. People pause, resume and rewind them through it.
/// </summary>
public sealed class SourceSupervisor(
    SourceRunner runner, ISourceStore store, PipelineStatistics statistics, ChangeFeed changes, TimeProvider time, ILogger<SourceSupervisor> logger)
{
    private readonly ConcurrentDictionary<string, SupervisedSource> _sources = new(StringComparer.Ordinal);

    /// <summary>Reads the sources into the flow until <paramref name="stop"/> is signalled or the flow has closed.</summary>
    /// <param name="ready">Nothing is read before it ends; people's orders are carried out before, too.</param>
    public Task RunAsync(IEnumerable<ICommentSource> sources, Task ready, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(ready);

        // All are known before the first begins, so that nobody is told that one of them is not there.
        var supervised = sources.Select(source => _sources.GetOrAdd(source.Name, _ => Supervise(source))).ToList();
        return Task.WhenAll(supervised.Select(source => Task.Run(() => source.RunAsync(ready, stop), CancellationToken.None)));
    }

    /// <summary>Stops reading and waits for the commit of what is under way. The source stays paused over restarts.</summary>
    /// <exception cref="SourceException">There is no such source, or the program is shutting down.</exception>
    /// <exception cref="StoreUnavailableException">It could not be kept; nothing was changed.</exception>
    public Task PauseAsync(string source, CancellationToken cancellationToken) =>
        Find(source).OrderAsync(SourceAction.Pause, cancellationToken);

    /// <summary>Goes on from the checkpoint; a source that waits for its next try is tried at once.</summary>
    /// <exception cref="SourceException">There is no such source, or the program is shutting down.</exception>
    /// <exception cref="StoreUnavailableException">It could not be kept; nothing was changed.</exception>
    public Task ResumeAsync(string source, CancellationToken cancellationToken) =>
        Find(source).OrderAsync(SourceAction.Resume, cancellationToken);

    /// <summary>
    /// Sets the source back to its beginning. A comment that is read again is a duplicate and changes nothing; one whose
    /// text changed is a new version. A paused source stays paused.
    /// </summary>
    /// <exception cref="SourceException">There is no such source, a command is reading it, or the program is shutting down.</exception>
    /// <exception cref="StoreUnavailableException">It could not be kept; nothing was changed.</exception>
    public Task RewindAsync(string source, CancellationToken cancellationToken) =>
        Find(source).OrderAsync(SourceAction.Rewind, cancellationToken);

    private SupervisedSource Supervise(ICommentSource source)
    {
        var meter = statistics.Source(source.Name);
        meter.Supervise();
        return new SupervisedSource(source, runner, store, meter, changes, time, logger);
    }

    private SupervisedSource Find(string source) => _sources.TryGetValue(source, out var found) ? found
        : throw new SourceException($"Source {source} is not one of the configured sources, so it cannot be paused, resumed or rewound.");
}
