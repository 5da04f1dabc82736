using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;

namespace Moderation.Data.Reading;

/// <summary>A decision with the comment it was made on.</summary>
public sealed record DecisionItem(
    long Id, long CommentId, string Source, string ExternalId, string Community, int TextVersion, DecisionAction Action, string? Reason,
    string? Note, string Actor, DateTimeOffset At, long? UndoesId);

/// <summary>A text that people decided on: what a model can learn from.</summary>
public sealed record TrainingItem(string Source, string ExternalId, string Community, string Body, bool Removed);

/// <summary>Reads what people decided.</summary>
public sealed class DecisionReader(IDbContextFactory<ModerationDbContext> contexts)
{
    /// <summary>All decisions, oldest first, in pages by key.</summary>
    public async IAsyncEnumerable<IReadOnlyList<DecisionItem>> ExportAsync(
        int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long last = 0;
        while (true)
        {
            var page = await contexts.ReadAsync(
                context => (from decision in context.Decisions
                            join comment in context.Comments on decision.CommentId equals comment.Id
                            where decision.Id > last
                            orderby decision.Id
                            select new DecisionItem(
                                decision.Id,
                                comment.Id,
                                context.Sources.First(source => source.Id == comment.SourceId).Name,
                                comment.ExternalId,
                                context.Communities.First(community => community.Id == comment.CommunityId).Name,
                                decision.TextVersion,
                                decision.Action,
                                decision.Reason,
                                decision.Note,
                                decision.Actor,
                                decision.At,
                                decision.UndoesId)).Take(pageSize).ToList(),
                cancellationToken);
            if (page.Count == 0)
            {
                yield break;
            }

            last = page[^1].Id;
            yield return page;
        }
    }

    /// <summary>Each comment that is approved, then each that is removed, with the text the decision was made on.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TrainingItem>> ExportTrainingAsync(
        int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One after the other: both at once could not be read off the index in the order of the key.
        foreach (var status in new[] { CommentStatus.Approved, CommentStatus.Removed })
        {
            long last = 0;
            while (true)
            {
                var page = await contexts.ReadAsync(
                    context => (from comment in context.Comments.OfStatus(status)
                                join decision in context.Decisions on comment.DecisionId equals decision.Id
                                where comment.Id > last
                                orderby comment.Id
                                select new
                                {
                                    comment.Id,
                                    Item = new TrainingItem(
                                        context.Sources.First(source => source.Id == comment.SourceId).Name,
                                        comment.ExternalId,
                                        context.Communities.First(community => community.Id == comment.CommunityId).Name,
                                        context.CommentTexts.First(text => text.CommentId == comment.Id && text.TextVersion == decision.TextVersion).Body,
                                        comment.Status == CommentStatus.Removed),
                                }).Take(pageSize).ToList(),
                    cancellationToken);
                if (page.Count == 0)
                {
                    break;
                }

                last = page[^1].Id;
                yield return page.ConvertAll(row => row.Item);
            }
        }
    }
}
