namespace Moderation.Benchmarks.Crash;

/// <summary>
/// What the desk must have kept of one source: the rules of the desk, written a second time and as simply as can be. Every
/// input is applied once, in the source's order.
/// </summary>
internal sealed class ExpectedSource(string name)
{
    private readonly Dictionary<string, ExpectedComment> _comments = new(StringComparer.Ordinal);
    private readonly List<(string Place, string Original)> _deadLetters = [];

    public string Name => name;

    /// <summary>How many inputs there were.</summary>
    public int Inputs { get; private set; }

    public IReadOnlyDictionary<string, ExpectedComment> Comments => _comments;

    /// <summary>Where each stands and what is kept of it.</summary>
    public IReadOnlyList<(string Place, string Original)> DeadLetters => _deadLetters;

    public void Apply(StreamedComment input)
    {
        Inputs++;
        if (input.Unreadable is { } line)
        {
            _deadLetters.Add(($"line {Inputs}", line));
        }
        else if (!_comments.TryGetValue(input.Id, out var known))
        {
            // Nothing is known of it, so nothing can be withdrawn.
            if (!input.Deleted)
            {
                _comments.Add(input.Id, new ExpectedComment(input));
            }
        }
        else if (input.Deleted)
        {
            known.Withdrawn = true;
        }
        else if (input.Body != known.Texts[^1])
        {
            known.Texts.Add(input.Body);
        }
    }
}
