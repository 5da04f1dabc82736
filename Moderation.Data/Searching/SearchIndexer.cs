using System.Threading.Channels;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Moderation.Data.DataDirectories;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;

namespace Moderation.Data.Searching;

/// <summary>
/// Feeds the index behind the commits: woken by each of them and by a slow timer, it indexes what came until nothing is
/// left. What goes wrong is told in <see cref="SearchStatus"/> and tried again; it never takes the desk down.
/// </summary>
public sealed partial class SearchIndexer(
    DataDirectory directory, SearchStatus status, ChangeFeed changes, TimeProvider time, ILogger<SearchIndexer> logger) : BackgroundService
{
    /// <summary>Texts of one transaction: some milliseconds of work, and a few hundred texts in memory.</summary>
    internal const int SliceSize = 500;

    /// <summary>Looks by itself this often: for what was committed while it was not listening, and for files that are gone.</summary>
    internal static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);

    internal static readonly TimeSpan ShortestRetry = TimeSpan.FromMilliseconds(500);

    internal static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan _sizeInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long? _sizedAt;
    private long _bytes;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var indexing = new SearchIndexing(directory);
        using var subscription = changes.Subscribe(() =>
        {
            Wake();
            return Task.CompletedTask;
        });
        await using var timer = time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, LongestSleep);
        try
        {
            var pacing = new IndexPacing(time);
            while (await _wakes.Reader.WaitToReadAsync(stoppingToken))
            {
                // Taken before the look: what is committed during it wakes again.
                _wakes.Reader.TryRead(out _);
                await CatchUpAsync(indexing, pacing, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was under way is committed with its position, or not at all.
        }
    }

    private void Wake() => _wakes.Writer.TryWrite(true);

    private async Task CatchUpAsync(SearchIndexing indexing, IndexPacing pacing, CancellationToken stop)
    {
        var retry = ShortestRetry;
        while (!stop.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            if (TryAdvance(indexing) is { } step)
            {
                retry = ShortestRetry;
                pacing.Observe(indexing.Newest);
                if (step.Texts == 0)
                {
                    return;
                }

                var rest = pacing.Rest(time.GetElapsedTime(started));
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, time, stop);
                }
            }
            else
            {
                await Task.Delay(retry, time, stop);
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
            }
        }
    }

    /// <summary>One step; null when it failed.</summary>
    private IndexStep? TryAdvance(SearchIndexing indexing)
    {
        try
        {
            if (status.TakeDamage())
            {
                indexing.StartAnew();
            }

            var step = indexing.Advance(SliceSize);
            if (status.Read().Problem is not null)
            {
                Recovered(logger);
            }

            status.Indexed(step.Texts, step.Position, indexing.Newest, Bytes());
            return step;
        }
        catch (StoreUnavailableException e)
        {
            Fail(indexing, e.Message);
        }
        catch (DamagedIndexException e)
        {
            // Taken away by the next step, which comes after a pause: a disk that breaks every file must not keep a core busy.
            status.ReportDamage();
            Fail(indexing, $"{e.Message} It is made anew from the comments.");
        }
        catch (Exception e)
        {
            // A mistake of this program; searching is less than the desk.
            Broke(logger, e);
            Fail(indexing, $"The search index does not go on: {e.Message}");
        }

        return null;
    }

    private void Fail(SearchIndexing indexing, string problem)
    {
        if (status.Read().Problem != problem)
        {
            Failed(logger, problem);
        }

        indexing.Close();
        status.Failed(problem, indexing.Newest);
    }

    /// <summary>Of the file and its log; asked for once a second at most.</summary>
    private long Bytes()
    {
        if (_sizedAt is not { } at || time.GetElapsedTime(at) >= _sizeInterval)
        {
            _sizedAt = time.GetTimestamp();
            _bytes = new[] { directory.SearchPath, directory.SearchPath + "-wal" }
                .Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0);
        }

        return _bytes;
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning, Message = "The search index waits: {Problem}")]
    private static partial void Failed(ILogger logger, string problem);

    [LoggerMessage(EventId = 211, Level = LogLevel.Information, Message = "The search index goes on")]
    private static partial void Recovered(ILogger logger);

    [LoggerMessage(EventId = 212, Level = LogLevel.Error, Message = "The search index failed")]
    private static partial void Broke(ILogger logger, Exception exception);
}
