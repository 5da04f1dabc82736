using Microsoft.EntityFrameworkCore;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing.Batches;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Sources;

namespace Moderation.Data.Writing;

/// <summary>Hands dead letters out to be tried again, and keeps what people make of them.</summary>
public sealed class DeadLetterWriter(
    DatabaseWriter writer, IDbContextFactory<ModerationDbContext> contexts, ChangeFeed changes, TimeProvider time) : IDeadLetterStore
{
    public Task<StoredDeadLetter?> FindAsync(long id, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => Read(context, context.DeadLetters.Where(letter => letter.Id == id && letter.ClosedAt == null)) is [var letter] ? letter : null,
        cancellationToken);

    public Task<long> NewestAsync(CancellationToken cancellationToken) =>
        contexts.ReadAsync(context => context.DeadLetters.Max(letter => (long?)letter.Id) ?? 0, cancellationToken);

    public Task<IReadOnlyList<StoredDeadLetter>> NextAsync(
        string? source, long after, long upTo, int limit, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => Read(
            context,
            context.DeadLetters.OpenOf(context, source)
                .Where(letter => letter.Id > after && letter.Id <= upTo)
                .OrderBy(letter => letter.Id)
                .Take(limit)),
        cancellationToken);

    public Task FailAsync(IReadOnlyList<FailedReplay> failures, CancellationToken cancellationToken) => writer.WriteAsync(
        WritePriority.Person,
        Durability.Acknowledged,
        session =>
        {
            foreach (var (id, reason) in failures)
            {
                session.Sources.FailDeadLetter.Set(1, id).Set(2, StoredText.From(reason)).Execute();
            }

            return failures.Count;
        },
        cancellationToken);

    public async Task<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var discarded = await writer.WriteAsync(
            WritePriority.Person,
            Durability.Acknowledged,
            session => ids.Sum(id => session.Sources.CloseDeadLetter
                .Set(1, id).Set(2, time.GetUtcNow().ToUnixTimeMilliseconds()).SetNull(3).Execute()),
            cancellationToken);
        changes.Notify();
        return discarded;
    }

    private static IReadOnlyList<StoredDeadLetter> Read(ModerationDbContext context, IQueryable<DeadLetterRow> letters) =>
        [.. letters
            .Select(letter => new { Row = letter, Source = context.Sources.First(source => source.Id == letter.SourceId).Name })
            .AsEnumerable()
            .Select(found => new StoredDeadLetter(found.Row.Id, found.Source, ToLetter(found.Row)))];

    private static DeadLetter ToLetter(DeadLetterRow row) => new(row.Place, row.Reason, row.Original)
    {
        Form = (DeadLetterForm)row.Form,
        Header = row.Header,
        Record = row.Number,
        TextColumn = row.TextColumn,
        Cut = row.Cut,
    };
}
