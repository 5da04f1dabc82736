using System.Collections.Concurrent;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Exploration;

/// <summary>In how many texts of each label a word stands; a text counts once however often it repeats the word.</summary>
internal sealed class TermCounts
{
    // A longer "word" is a wall of letters, which says little and would break every table.
    private const int LongestTerm = 24;

    private readonly Dictionary<string, Count> _counts = [];
    private readonly List<Token> _tokens = [];
    private int _texts;

    public IEnumerable<(string Term, int Removed, int Kept)> All =>
        _counts.Select(pair => (pair.Key, pair.Value.Removed, pair.Value.Kept));

    /// <summary>Counts on all cores; the counts are sums, so their order makes no difference.</summary>
    public static TermCounts Of(IReadOnlyList<(string Body, bool Removed)> texts, CancellationToken cancellationToken)
    {
        var all = new TermCounts();
        if (texts.Count == 0)
        {
            return all;
        }

        Parallel.ForEach(
            Partitioner.Create(0, texts.Count),
            new ParallelOptions { CancellationToken = cancellationToken },
            range =>
            {
                var part = new TermCounts();
                for (var i = range.Item1; i < range.Item2; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    part.Add(texts[i].Body, texts[i].Removed);
                }

                lock (all)
                {
                    all.Add(part);
                }
            });
        return all;
    }

    private void Add(string body, bool removed)
    {
        _texts++;
        var text = CommentCleaner.Clean(body);
        _tokens.Clear();
        Tokenizer.Tokenize(text, _tokens);
        var lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> term = stackalloc char[LongestTerm];
        foreach (var token in _tokens)
        {
            if (token.Kind != TokenKind.Word || token.Length > LongestTerm)
            {
                continue;
            }

            var word = term[..token.Length];
            text.AsSpan(token.Start, token.Length).ToLowerInvariant(word);
            word.Replace('’', '\'');
            if (!HasLetter(word))
            {
                continue;
            }

            if (!lookup.TryGetValue(word, out var count))
            {
                lookup[word] = count = new Count();
            }

            count.See(_texts, removed);
        }
    }

    private void Add(TermCounts part)
    {
        foreach (var (term, count) in part._counts)
        {
            if (!_counts.TryGetValue(term, out var sum))
            {
                _counts[term] = sum = new Count();
            }

            sum.Add(count);
        }
    }

    private static bool HasLetter(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Count
    {
        private int _lastText;

        public int Removed { get; private set; }

        public int Kept { get; private set; }

        public void See(int text, bool removed)
        {
            if (_lastText == text)
            {
                return;
            }

            _lastText = text;
            Removed += removed ? 1 : 0;
            Kept += removed ? 0 : 1;
        }

        public void Add(Count other)
        {
            Removed += other.Removed;
            Kept += other.Kept;
        }
    }
}
