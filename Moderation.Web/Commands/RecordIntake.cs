using System.Runtime.ExceptionServices;

using Moderation.Pipeline.Sources.Files;

namespace Moderation.Web.Commands;

/// <summary>What was read and is not scored yet. The reader fills it up to its bounds; the scorer takes all that is there.</summary>
internal sealed class RecordIntake(int mostRows, long mostCharacters, CancellationToken stop)
{
    // Waited on as a monitor, which Lock cannot be.
    private readonly object _lock = new();
    private List<FileRecord> _rows = [];
    private long _characters;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count == 0;
            }
        }
    }

    /// <summary>Reads to the end; what breaks the reading is thrown by <see cref="Take"/> behind the last row.</summary>
    public void Fill(IEnumerable<FileRecord> records)
    {
        try
        {
            foreach (var record in records)
            {
                Add(record);
            }
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        lock (_lock)
        {
            _ended = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits for rows; null when there are no more.</summary>
    public List<FileRecord>? Take()
    {
        lock (_lock)
        {
            while (_rows.Count == 0 && !_ended && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_lock);
            }

            stop.ThrowIfCancellationRequested();
            if (_rows.Count == 0)
            {
                _failure?.Throw();
                return null;
            }

            var rows = _rows;
            (_rows, _characters) = ([], 0);
            Monitor.PulseAll(_lock);
            return rows;
        }
    }

    /// <summary>Lets whoever waits see that all is to stop.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }

    private void Add(FileRecord record)
    {
        lock (_lock)
        {
            while ((_rows.Count >= mostRows || _characters >= mostCharacters) && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_lock);
            }

            stop.ThrowIfCancellationRequested();
            _rows.Add(record);
            _characters += record.Row?.Body.Length ?? record.DeadLetter!.Original.Length;
            Monitor.PulseAll(_lock);
        }
    }
}
