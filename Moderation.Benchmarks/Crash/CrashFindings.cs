using System.Text;

namespace Moderation.Benchmarks.Crash;

/// <summary>What is wrong in the end; the first few in words.</summary>
/// <param name="runs">When each run of the program began, in order, milliseconds since the epoch.</param>
internal sealed class CrashFindings(IReadOnlyList<long> runs)
{
    private const int Told = 12;

    private readonly List<string> _told = [];

    public int Count { get; private set; }

    /// <param name="at">When the row was received, to name the run that wrote it; null where that is not known.</param>
    public void Add(string finding, long? at = null)
    {
        Count++;
        if (_told.Count < Told)
        {
            _told.Add(at is { } time ? $"{finding} (received in run {runs.Count(begin => begin <= time)})" : finding);
        }
    }

    public void Expect(bool holds, string finding, long? at = null)
    {
        if (!holds)
        {
            Add(finding, at);
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        _told.ForEach(finding => text.Append("\n  ").Append(finding));
        return Count > _told.Count ? text.Append($"\n  and {Count - _told.Count} more").ToString() : text.ToString();
    }
}
