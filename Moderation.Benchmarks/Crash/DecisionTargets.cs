namespace Moderation.Benchmarks.Crash;

/// <summary>Comments that can be decided on: the last of those whose ids were answered.</summary>
internal sealed class DecisionTargets
{
    private const int Kept = 200;

    private readonly Lock _lock = new();
    private readonly List<long> _ids = [];

    public void Add(long id)
    {
        lock (_lock)
        {
            if (!_ids.Contains(id))
            {
                _ids.Add(id);
            }

            if (_ids.Count > Kept)
            {
                _ids.RemoveAt(0);
            }
        }
    }

    /// <summary>One of them; null while there is none.</summary>
    public long? Draw(Random dice)
    {
        lock (_lock)
        {
            return _ids.Count == 0 ? null : _ids[dice.Next(_ids.Count)];
        }
    }
}
