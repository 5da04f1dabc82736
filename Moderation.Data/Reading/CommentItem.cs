using Moderation.Data.Schema;
using Moderation.Data.Writing;

namespace Moderation.Data.Reading;

/// <summary>A comment with everything that a card or a row shows.</summary>
public sealed record CommentItem
{
    public required long Id { get; init; }

    public required int Version { get; init; }

    public required int TextVersion { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    public required string Community { get; init; }

    public required string? ThreadId { get; init; }

    public required string? Author { get; init; }

    public required string? Url { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required CommentStatus Status { get; init; }

    /// <summary>Its place in the queue, see <see cref="Comment.QueueNumber"/>.</summary>
    public required long QueueNumber { get; init; }

    public required bool Withdrawn { get; init; }

    /// <summary>0 to 1, of the text in force.</summary>
    public required double Probability { get; init; }

    /// <summary>In force when the text was scored.</summary>
    public required double Threshold { get; init; }

    public required bool Flagged { get; init; }

    public required string ModelVersion { get; init; }

    public required bool EditedAfterDecision { get; init; }

    /// <summary>The decision in force.</summary>
    public required DecisionSummary? Decision { get; init; }

    /// <summary>The same item with a newer state.</summary>
    public CommentItem With(CommentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return this with
        {
            Version = state.Version,
            Status = state.Status,
            QueueNumber = state.QueueNumber,
            Withdrawn = state.Withdrawn,
            Decision = state.Decision,
        };
    }

    /// <summary>The decision is joined: as a subquery EF Core would number all decisions ever made, for every page.</summary>
    internal static IQueryable<CommentItem> From(ModerationDbContext context, IQueryable<Comment> comments) =>
        from comment in comments
        join found in context.Decisions on comment.DecisionId equals (long?)found.Id into inForce
        from decision in inForce.DefaultIfEmpty()
        select new CommentItem
        {
            Id = comment.Id,
            Version = comment.Version,
            TextVersion = comment.TextVersion,
            Source = context.Sources.First(source => source.Id == comment.SourceId).Name,
            ExternalId = comment.ExternalId,
            Community = context.Communities.First(community => community.Id == comment.CommunityId).Name,
            ThreadId = comment.ThreadId,
            Author = context.Authors.Where(author => author.Id == comment.AuthorId).Select(author => author.Name).FirstOrDefault(),
            Url = comment.Url,
            Body = context.CommentTexts.First(text => text.CommentId == comment.Id && text.TextVersion == comment.TextVersion).Body,
            CreatedAt = comment.CreatedAt,
            ReceivedAt = comment.ReceivedAt,
            Status = comment.Status,
            QueueNumber = comment.QueueNumber,
            Withdrawn = comment.WithdrawnAt != null,
            Probability = comment.Probability,
            Threshold = comment.Threshold,
            Flagged = comment.Flagged,
            ModelVersion = context.Models.First(model => model.Id == comment.ModelId).Version,
            EditedAfterDecision = comment.EditedAfterDecision,
            Decision = decision == null ? null : new DecisionSummary(
                decision.Id, decision.Action, decision.Reason, decision.Note, decision.Actor, decision.At),
        };
}
