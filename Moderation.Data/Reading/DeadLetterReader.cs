using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;

namespace Moderation.Data.Reading;

/// <summary>Reads the dead letters that wait.</summary>
public sealed class DeadLetterReader(IDbContextFactory<ModerationDbContext> contexts)
{
    private const int CountCap = 10_000;

    /// <summary>Most sources that are named as having letters.</summary>
    private const int MostSources = 100;

    /// <summary>Newest first.</summary>
    /// <param name="source">Null for those of all sources.</param>
    /// <param name="before">The <see cref="DeadLetterPage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">Above zero.</param>
    public Task<DeadLetterPage> ListAsync(string? source, long? before, int limit, CancellationToken cancellationToken) => contexts.ReadAsync(
        context =>
        {
            var letters = context.DeadLetters.OpenOf(context, source);
            if (before is { } id)
            {
                letters = letters.Where(letter => letter.Id < id);
            }

            var items = Items(context, letters.OrderByDescending(letter => letter.Id).Take(limit + 1)).ToList();
            return items.Count <= limit
                ? new DeadLetterPage(items, null)
                : new DeadLetterPage(items[..limit], items[limit - 1].Id);
        },
        cancellationToken);

    /// <summary>How many wait.</summary>
    /// <param name="source">Null for those of all sources.</param>
    public Task<CappedCount> CountAsync(string? source, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => new CappedCount(context.DeadLetters.OpenOf(context, source).Take(CountCap + 1).Count(), CountCap), cancellationToken);

    /// <summary>One with its original, closed or not; null when there is none of this id.</summary>
    public Task<DeadLetterDetails?> FindAsync(long id, CancellationToken cancellationToken) => contexts.ReadAsync(
        context =>
        {
            var letters = context.DeadLetters.Where(letter => letter.Id == id);
            return Items(context, letters).FirstOrDefault() is not { } item
                ? null
                : letters
                    .Select(letter => new DeadLetterDetails(item, letter.Original, letter.Header, letter.Cut, letter.ClosedAt, letter.CommentId))
                    .FirstOrDefault();
        },
        cancellationToken);

    /// <summary>Names of sources that have letters waiting, in alphabetical order.</summary>
    public Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken) => contexts.ReadAsync<IReadOnlyList<string>>(
        context =>
        {
            // One step into the index for each source that has any, instead of a walk over all letters.
            var names = new List<string>();
            int? last = int.MinValue;
            while (names.Count < MostSources && (last = NextSource(context, last.Value)) is { } id)
            {
                names.Add(context.Sources.Where(source => source.Id == id).Select(source => source.Name).First());
            }

            names.Sort(StringComparer.Ordinal);
            return names;
        },
        cancellationToken);

    private static int? NextSource(ModerationDbContext context, int after) => context.DeadLetters
        .Where(letter => letter.ClosedAt == null && letter.SourceId > after)
        .OrderBy(letter => letter.SourceId)
        .Select(letter => (int?)letter.SourceId)
        .FirstOrDefault();

    private static IQueryable<DeadLetterItem> Items(ModerationDbContext context, IQueryable<DeadLetterRow> letters) =>
        letters.Select(letter => new DeadLetterItem(
            letter.Id, context.Sources.First(source => source.Id == letter.SourceId).Name, letter.Place, letter.Reason, letter.At, letter.Attempts));
}
