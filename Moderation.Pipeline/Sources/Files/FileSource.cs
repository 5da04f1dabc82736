using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads comments from a CSV, TSV or NDJSON file.</summary>
/// <remarks>
/// A position is the number of records read, the line and byte where the next one begins, and a fingerprint of the
/// file's beginning: a file that grew goes on where it stopped, another file under the same name is refused rather than
/// mixed in. The file's last record may still be growing. It is read all the same, and the position stays before it
/// with a description of it: the next run passes it over when it is as it was, and reads it again when it grew.
/// </remarks>
public sealed class FileSource(FileSourceOptions options, TimeProvider time) : IGrowingSource
{
    /// <summary>Batches that are read ahead of whoever takes them; each holds about a million characters at most.</summary>
    private const int BatchesAhead = 4;

    private string? _lastRead;
    private volatile bool _heldBack;

    public string Name => options.Name;

    /// <summary>Length and time of the last write, and whether something was held back and is worth another reading.</summary>
    public string? Look() => Mark() is { } mark ? (_heldBack ? mark + " open" : mark) : null;

    public async IAsyncEnumerable<CommentBatch> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new SourcePace(options.Rate, time);
        var batchSize = pace.BatchSize(options.BatchSize, options.BatchDelay);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(BatchesAhead);
        var batches = Channel.CreateBounded<CommentBatch>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });

        // A thread of its own: files have no reading that waits without one, and a slow disk would hold up the pool's.
        var mark = Mark();
        var holdBack = options.Follow && mark != _lastRead;
        _lastRead = mark;
        var reading = Task.Factory.StartNew(
            () => Read(after, batchSize, holdBack, batches.Writer, places, stop.Token),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                places.Release();
                await pace.WaitAsync(batch.Read, cancellationToken);
                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private string? Mark()
    {
        var file = new FileInfo(options.Path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : null;
    }

    private void Read(
        SourcePosition? after, int batchSize, bool holdBack, ChannelWriter<CommentBatch> batches, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new FileBatchReader(options, batchSize, after, holdBack);
            while (reader.Read(cancellationToken) is { } batch)
            {
                // The channel has as many places as the semaphore, so that this thread waits without a task.
                places.Wait(cancellationToken);
                batches.TryWrite(batch);
            }

            _heldBack = reader.HeldBack;
            batches.Complete();
        }
        catch (Exception e)
        {
            // Thrown to whoever takes the batches, behind the last of them.
            batches.Complete(e);
        }
    }
}
