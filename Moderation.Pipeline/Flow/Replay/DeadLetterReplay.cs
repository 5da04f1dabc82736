using Moderation.Pipeline.Live;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;

namespace Moderation.Pipeline.Flow.Replay;

/// <summary>
/// Tries dead letters again: reads them with the code that reads files and sends them through the flow like any other
/// comment of their source. The commit that keeps the comment closes the letter, so that each becomes one comment
/// however often it is tried and whenever the program dies.
/// </summary>
public sealed class DeadLetterReplay(ModerationFlow flow, IDeadLetterStore store, ChangeFeed changes)
{
    /// <summary>Letters that are in memory at a time; each can have a million characters.</summary>
    private const int SliceSize = 32;

    /// <summary>Tries these.</summary>
    /// <param name="progress">Called behind each slice with the sums so far.</param>
    /// <exception cref="StoreUnavailableException">The reasons of those that failed could not be kept.</exception>
    /// <exception cref="System.Threading.Channels.ChannelClosedException">The flow is shutting down.</exception>
    public async Task<ReplayRun> RunAsync(IReadOnlyList<long> ids, Action<ReplayRun>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var sums = ReplayRun.Nothing;
        foreach (var slice in ids.Distinct().Chunk(SliceSize))
        {
            var letters = new List<StoredDeadLetter>();
            foreach (var id in slice)
            {
                if (await store.FindAsync(id, cancellationToken) is { } letter)
                {
                    letters.Add(letter);
                }
                else
                {
                    sums = sums with { Gone = sums.Gone + 1 };
                }
            }

            sums = await RunSliceAsync(letters, sums, cancellationToken);
            progress?.Invoke(sums);
        }

        return sums;
    }

    /// <summary>Tries all that wait now, oldest first.</summary>
    /// <param name="source">Null for those of all sources.</param>
    /// <param name="progress">Called behind each slice with the sums so far.</param>
    /// <exception cref="StoreUnavailableException">The reasons of those that failed could not be kept.</exception>
    /// <exception cref="System.Threading.Channels.ChannelClosedException">The flow is shutting down.</exception>
    public async Task<ReplayRun> RunAllAsync(string? source, Action<ReplayRun>? progress, CancellationToken cancellationToken)
    {
        // Those that come meanwhile are another run's: this one has an end.
        var upTo = await store.NewestAsync(cancellationToken);
        var sums = ReplayRun.Nothing;
        long last = 0;
        while (await store.NextAsync(source, last, upTo, SliceSize, cancellationToken) is { Count: > 0 } letters)
        {
            sums = await RunSliceAsync(letters, sums, cancellationToken);
            last = letters[^1].Id;
            progress?.Invoke(sums);
        }

        return sums;
    }

    /// <summary>Tries one in the form that a person gave it; what is kept stays the original.</summary>
    /// <exception cref="StoreUnavailableException">The reason why it failed could not be kept.</exception>
    /// <exception cref="System.Threading.Channels.ChannelClosedException">The flow is shutting down.</exception>
    public async Task<ReplayRun> RunMendedAsync(long id, string mended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mended);
        return await store.FindAsync(id, cancellationToken) is not { } stored
            ? ReplayRun.Nothing with { Gone = 1 }
            : await RunSliceAsync([stored with { Letter = Mend(stored.Letter, mended) }], ReplayRun.Nothing, cancellationToken);
    }

    private static DeadLetter Mend(DeadLetter letter, string mended) => letter with
    {
        Original = mended,

        // What a person has written is whole, unless the header that it needs is not.
        Cut = letter.Cut && letter.Header?.Length >= DeadLetter.MaxHeaderLength,
    };

    private async Task<ReplayRun> RunSliceAsync(IReadOnlyList<StoredDeadLetter> letters, ReplayRun sums, CancellationToken cancellationToken)
    {
        var unread = new List<FailedReplay>();
        var underWay = new List<(long Id, Task<CommittedBatch> Commit)>();
        foreach (var (id, source, letter) in letters)
        {
            if (DeadLetterParser.TryRead(letter, out var comment, out var reason))
            {
                underWay.Add((id, await flow.EnterAsync(
                    new CommentBatch(source, [comment]) { ReplayedLetter = id, Acknowledged = true }, cancellationToken)));
            }
            else
            {
                unread.Add(new FailedReplay(id, reason));
                sums = sums.With(unread[^1]);
            }
        }

        if (unread.Count > 0)
        {
            await store.FailAsync(unread, cancellationToken);
        }

        foreach (var (id, commit) in underWay)
        {
            var batch = await commit.WaitAsync(cancellationToken);
            sums = batch.Comments.Count > 0 ? sums with { Replayed = sums.Replayed + 1 }
                : batch.Scored.DeadLetters is [var again, ..] ? sums.With(new FailedReplay(id, again.Reason))
                : sums with { Gone = sums.Gone + 1 };
        }

        changes.Notify();
        return sums;
    }
}
