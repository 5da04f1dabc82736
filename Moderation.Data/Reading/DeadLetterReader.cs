using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;

namespace Moderation.Data.Reading;

/// <summary>An input that could not become a comment, as the Pipeline page lists it.</summary>
public sealed record DeadLetterItem(long Id, string Source, string Place, string Reason, DateTimeOffset At);

/// <summary>Reads dead letters.</summary>
public sealed class DeadLetterReader(IDbContextFactory<ModerationDbContext> contexts)
{
    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<DeadLetterItem>> ListAsync(int limit, CancellationToken cancellationToken) =>
        contexts.ReadAsync<IReadOnlyList<DeadLetterItem>>(
            context => context.DeadLetters
                .OrderByDescending(letter => letter.Id)
                .Take(limit)
                .Select(letter => new DeadLetterItem(
                    letter.Id, context.Sources.First(source => source.Id == letter.SourceId).Name, letter.Place, letter.Reason, letter.At))
                .ToList(),
            cancellationToken);
}
