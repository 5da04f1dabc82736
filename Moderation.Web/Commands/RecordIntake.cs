using System.Runtime.ExceptionServices;

using Moderation.Pipeline.Sources.Files;

namespace Moderation.Web.Commands;

/// <summary>
/// What was read and is not scored yet. The reader gathers rows by itself and hands them over in blocks: when a block
/// is full, and whenever the input may keep it waiting.
/// </summary>
internal sealed class RecordIntake(int mostRows, long mostCharacters, CancellationToken stop)
{
    // Waited on as a monitor, which Lock cannot be.
    private readonly object _lock = new();
    private List<FileRecord> _ready = [];
    private long _readyCharacters;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    // The reader's own; touched by its thread alone.
    private readonly List<FileRecord> _gathered = [];
    private long _characters;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count == 0;
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
                _gathered.Add(record);
                _characters += record.Row?.Body.Length ?? record.DeadLetter!.Original.Length;
                if (_gathered.Count >= mostRows || _characters >= mostCharacters)
                {
                    HandOver();
                }
            }
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        lock (_lock)
        {
            _ready.AddRange(_gathered);
            _ended = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Called by the reader before the input may keep it waiting: whoever writes line by line waits for the answer.</summary>
    public void Waiting() => HandOver();

    /// <summary>Waits for rows; null when there are no more.</summary>
    public List<FileRecord>? Take()
    {
        lock (_lock)
        {
            while (_ready.Count == 0 && !_ended && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_lock);
            }

            stop.ThrowIfCancellationRequested();
            if (_ready.Count == 0)
            {
                _failure?.Throw();
                return null;
            }

            var rows = _ready;
            (_ready, _readyCharacters) = ([], 0);
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

    /// <summary>Waits while a full block is ready; so no more than that and the one that is gathered are in memory.</summary>
    private void HandOver()
    {
        if (_gathered.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            while ((_ready.Count >= mostRows || _readyCharacters >= mostCharacters) && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_lock);
            }

            stop.ThrowIfCancellationRequested();
            _ready.AddRange(_gathered);
            _readyCharacters += _characters;
            _gathered.Clear();
            _characters = 0;
            Monitor.PulseAll(_lock);
        }
    }
}
