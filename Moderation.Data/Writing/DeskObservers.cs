using Microsoft.Extensions.Logging;

namespace Moderation.Data.Writing;

/// <summary>Tells all observers what was committed; the trouble of one is its own.</summary>
public sealed partial class DeskObservers(IEnumerable<IDeskObserver> observers, ILogger<DeskObservers> logger)
{
    internal Task DecidedAsync(CommentState comment) =>
        TellAsync(observer => observer.DecidedAsync(comment, CancellationToken.None));

    internal Task ThresholdChangedAsync(ThresholdVersion threshold) =>
        TellAsync(observer => observer.ThresholdChangedAsync(threshold, CancellationToken.None));

    private async Task TellAsync(Func<IDeskObserver, Task> tell)
    {
        foreach (var observer in observers)
        {
            try
            {
                await tell(observer);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // It is committed; a listener's trouble must not look like its failure.
                ObserverFailed(logger, e);
            }
        }
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "A change could not be announced")]
    private static partial void ObserverFailed(ILogger logger, Exception exception);
}
