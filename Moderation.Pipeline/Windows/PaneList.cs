namespace Moderation.Pipeline.Windows;

/// <summary>
/// Panes in order of time. They mostly come at the end and go at the beginning, both in constant time; one that comes late
/// is moved into its place.
/// </summary>
internal sealed class PaneList
{
    private Pane[] _panes = new Pane[4];
    private int _head;

    public int Count { get; private set; }

    public Pane this[int position] => _panes[_head + position];

    public Pane? Find(long index)
    {
        // The newest pane takes nearly every comment.
        if (Count > 0 && this[Count - 1].Index == index)
        {
            return this[Count - 1];
        }

        var position = LowerBound(index);
        return position < Count && this[position].Index == index ? this[position] : null;
    }

    /// <summary>Position of the first pane at or behind an index; <see cref="Count"/> when there is none.</summary>
    public int LowerBound(long index)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (this[middle].Index < index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public void Insert(Pane pane)
    {
        MakeRoom();
        var position = _head + (Count == 0 || this[Count - 1].Index < pane.Index ? Count : LowerBound(pane.Index));
        Array.Copy(_panes, position, _panes, position + 1, _head + Count - position);
        _panes[position] = pane;
        Count++;
    }

    public void RemoveFirst(int count)
    {
        Array.Clear(_panes, _head, count);
        _head += count;
        Count -= count;
    }

    public void Clear() => RemoveFirst(Count);

    private void MakeRoom()
    {
        if (_head + Count < _panes.Length)
        {
            return;
        }

        // Half empty: moving to the front is paid for by the panes that went. Else it grows.
        var target = Count <= _panes.Length / 2 ? _panes : new Pane[_panes.Length * 2];
        Array.Copy(_panes, _head, target, 0, Count);
        if (ReferenceEquals(target, _panes))
        {
            Array.Clear(_panes, Count, _panes.Length - Count);
        }

        (_panes, _head) = (target, 0);
    }
}
