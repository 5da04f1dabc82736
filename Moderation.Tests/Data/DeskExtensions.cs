using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

namespace Moderation.Tests.Data;

/// <summary>Builders for what the pipeline hands to the store, and short ways to store and look.</summary>
internal static class DeskExtensions
{
    public const string Forum = "forum";
    public const double Limit = 0.5;
    public const double Over = 0.9;
    public const double Under = 0.1;

    private static readonly Scorer _indifferent = TestModels.WithBias(0.5);

    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static ModelCard Card => TestModels.Card;

    public static ScoredComment Scored(
        string id, string body = "a text", double probability = Over, string community = "games", string? author = "anna") =>
        Scored(new IncomingComment { ExternalId = id, Body = body, Community = community, Author = author }, probability);

    public static ScoredComment Scored(IncomingComment comment, double probability = Over) =>
        new(comment, comment.CreatedAt ?? Noon, probability, Limit, probability > Limit);

    public static ScoredComment Withdrawn(string id) =>
        new(new IncomingComment { ExternalId = id, Body = "", Deleted = true }, Noon, 0, Limit, false);

    public static ScoredBatch Batch(
        IReadOnlyList<ScoredComment> comments, string source = Forum, string? position = null, bool acknowledged = false,
        IReadOnlyList<DeadLetter>? deadLetters = null) =>
        new(
            new CommentBatch(source, [.. comments.Select(comment => comment.Comment)])
            {
                Position = position is null ? null : new SourcePosition(position),
                Acknowledged = acknowledged,
                DeadLetters = deadLetters ?? [],
            },
            comments, deadLetters ?? [], ModelKey: 1, Noon, Noon.AddSeconds(1));

    /// <summary>Commits one batch.</summary>
    public static async Task<CommittedBatch> StoreAsync(this TestDesk desk, ScoredBatch batch) =>
        (await desk.Get<IPredictionStore>().CommitAsync([batch], Stop)).Single();

    public static async Task<IReadOnlyList<CommittedComment>> StoreAsync(this TestDesk desk, params ScoredComment[] comments) =>
        (await desk.StoreAsync(Batch(comments))).Comments;

    public static T Look<T>(this TestDesk desk, Func<ModerationDbContext, T> look)
    {
        using var context = desk.Get<IDbContextFactory<ModerationDbContext>>().CreateDbContext();
        return look(context);
    }

    /// <summary>The row of a comment of <see cref="Forum"/>.</summary>
    public static Comment Row(this TestDesk desk, string id) => desk.Look(context => context.Comments.Single(row => row.ExternalId == id));

    /// <summary>All texts of a comment, oldest first.</summary>
    public static IReadOnlyList<string> Texts(this TestDesk desk, string id) => desk.Look(context => context.CommentTexts
        .Where(text => context.Comments.Single(row => row.ExternalId == id).Id == text.CommentId)
        .OrderBy(text => text.TextVersion).Select(text => text.Body).ToList());

    /// <summary>A decision on the comment as it stands.</summary>
    public static async Task<DecisionOutcome> DecideAsync(
        this TestDesk desk, string id, DecisionAction action, string? reason = null, string actor = "mira", string? note = null)
    {
        var row = desk.Row(id);
        reason ??= action == DecisionAction.Remove ? "spam" : null;
        return await desk.Get<DecisionWriter>().DecideAsync(
            new DecisionRequest(row.Id, action, row.Version, actor, reason, note), Stop);
    }

    /// <summary>A model in memory alone, for tests of the flow that need no registry.</summary>
    public static void UseAnyModel(this TestDesk desk) =>
        desk.Get<LiveModel>().Swap(new LoadedModel(1, "v1", _indifferent, Card));
}
