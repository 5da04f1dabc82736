using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

using Moderation.Data.Schema;
using Moderation.Data.Writing.Batches;
using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Live;

namespace Moderation.Data.Writing;

/// <summary>Keeps every version of the thresholds and puts the newest in force.</summary>
public sealed class ThresholdWriter(
    DatabaseWriter writer,
    LiveThresholds live,
    IDbContextFactory<ModerationDbContext> contexts,
    IOptions<ThresholdOptions> options,
    ChangeFeed changes,
    DeskObservers observers,
    TimeProvider time)
{
    /// <summary>Longest note that is kept, in UTF-16 units.</summary>
    public const int LongestNote = 1_000;

    private const int LongestCommunity = 512;

    /// <summary>Puts the stored thresholds in force; called once at start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        live.Swap(Current(context));
    }

    /// <summary>Sets a threshold; every batch scored after this call uses it.</summary>
    /// <param name="community">Null for the site's default.</param>
    /// <param name="value">0 to 1; null gives a community back to the site's default.</param>
    /// <exception cref="ThresholdException">The community, the value or the note does not fit.</exception>
    public async Task<ThresholdVersion> SetAsync(
        string? community, double? value, string? note, string actor, CancellationToken cancellationToken)
    {
        if (value is null && community is null)
        {
            throw new ThresholdException("The site's default needs a value.");
        }

        if (value is < 0 or > 1 or double.NaN)
        {
            throw new ThresholdException("A threshold is a number from 0 to 1.");
        }

        if (community is not null && (string.IsNullOrWhiteSpace(community) || community.Length > LongestCommunity))
        {
            throw new ThresholdException($"A community's name has 1 to {LongestCommunity} characters.");
        }

        if (note?.Length > LongestNote)
        {
            throw new ThresholdException($"A note may have up to {LongestNote} characters.");
        }

        var (set, _) = await writer.WriteAsync(
            WritePriority.Person,
            Durability.Acknowledged,
            session =>
            {
                var row = new Threshold
                {
                    CommunityId = community is null ? null : session.Keys.Community(community),
                    Value = value,
                    At = time.GetUtcNow(),
                    Actor = actor,
                    Note = string.IsNullOrWhiteSpace(note) ? null : StoredText.From(note.Trim()),
                };
                session.Context.Thresholds.Add(row);
                session.Context.SaveChanges();
                return (Version: new ThresholdVersion(row.Id, community, row.Value, row.At, row.Actor, row.Note), Table: Current(session.Context));
            },
            cancellationToken,
            committed: result => live.Swap(result.Table));
        changes.Notify();
        await observers.ThresholdChangedAsync(set);
        return set;
    }

    private ThresholdTable Current(ModerationDbContext context)
    {
        // One row for each community that ever had a threshold of its own: few, whatever the number of versions.
        var newest = context.Thresholds
            .Where(row => row.Id == context.Thresholds.Where(other => other.CommunityId == row.CommunityId).Max(other => other.Id))
            .Select(row => new { row.CommunityId, row.Value })
            .ToList();
        var names = context.Communities.AsNoTracking()
            .Where(community => context.Thresholds.Any(row => row.CommunityId == community.Id))
            .ToDictionary(community => community.Id, community => community.Name);
        var site = newest.Find(row => row.CommunityId is null)?.Value ?? options.Value.Default;
        return new ThresholdTable(
            site,
            newest.Where(row => row.CommunityId is not null && row.Value is not null)
                .ToDictionary(row => names[row.CommunityId!.Value], row => row.Value!.Value));
    }
}
