namespace Moderation.Data.Writing;

/// <summary>Whoever is told what people did. Called behind the commit.</summary>
public interface IDeskObserver
{
    Task DecidedAsync(CommentState comment, CancellationToken cancellationToken);

    Task ThresholdChangedAsync(ThresholdVersion threshold, CancellationToken cancellationToken);
}
