using System.Collections.Concurrent;

using Moderation.Pipeline.Live;

namespace Moderation.Tests.Support;

/// <summary>Remembers what it was told, or fails in a way that a test chooses.</summary>
internal sealed class RecordingAlertSink(Func<Exception>? failure = null) : IAlertSink
{
    private readonly ConcurrentQueue<FlaggedComment> _told = [];

    public IReadOnlyCollection<FlaggedComment> Told => _told;

    /// <summary>Looked at on each call, before anything is remembered.</summary>
    public Action<IReadOnlyList<FlaggedComment>>? Telling { get; set; }

    public Task PublishAsync(IReadOnlyList<FlaggedComment> flagged, CancellationToken cancellationToken)
    {
        Telling?.Invoke(flagged);
        foreach (var comment in flagged)
        {
            _told.Enqueue(comment);
        }

        return failure is null ? Task.CompletedTask : Task.FromException(failure());
    }
}
