using Moderation.Pipeline.Live;

namespace Moderation.Web.Hubs;

/// <summary>What clients of <c>/hubs/moderation</c> are told. Ids and what a list row shows; never the text.</summary>
public interface IModerationClient
{
    Task CommentFlagged(FlaggedComment comment);

    Task CommentDecided(CommentDecidedMessage decision);

    Task ThresholdChanged(ThresholdChangedMessage threshold);

    Task PipelineStats(Api.StatsDocument stats);
}

/// <param name="Status">How the comment stands now.</param>
/// <param name="Action">The decision in force; null when it was undone.</param>
public sealed record CommentDecidedMessage(
    long Id, int Version, string Status, string? Action, string? Reason, string? Actor, DateTimeOffset? At);

/// <param name="Community">Null for the site's default.</param>
public sealed record ThresholdChangedMessage(string? Community, double? Value, string Actor, DateTimeOffset At);
