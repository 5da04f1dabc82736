namespace Moderation.Pipeline.Live;

/// <summary>A comment that waits for a person, as a list row shows it: no text.</summary>
public sealed record FlaggedComment(
    long Id, string Source, string ExternalId, string Community, string? Author, double Probability, double Threshold, DateTimeOffset CreatedAt);

/// <summary>Whoever is told about flagged comments. Called behind the commit, so a told comment can be looked up.</summary>
public interface IAlertSink
{
    Task PublishAsync(IReadOnlyList<FlaggedComment> flagged, CancellationToken cancellationToken);
}
