using System.Collections.Concurrent;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Exploration;

/// <summary>Counts the words of texts by label.</summary>
internal sealed class TermCounts
{
    // A longer "word" is a wall of letters, which says little and would break every table.
    private const int LongestTerm = 24;

    // One text that says a word over and over must not make it stand out: no word counts for more than a tenth of a text.
    private const int LeastOfAWord = 3;
    private const int PartOfAText = 10;

    private readonly Dictionary<string, TermCount> _counts = [];
    private readonly List<Token> _tokens = [];
    private readonly List<TermCount> _inText = [];

    public IReadOnlyCollection<TermCount> All => _counts.Values;

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
        var text = CommentCleaner.Clean(body);
        _tokens.Clear();
        Tokenizer.Tokenize(text, _tokens);
        var lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[LongestTerm];
        foreach (var token in _tokens)
        {
            if (token.Kind != TokenKind.Word || token.Length > LongestTerm)
            {
                continue;
            }

            var word = buffer[..token.Length];
            text.AsSpan(token.Start, token.Length).ToLowerInvariant(word);
            word.Replace('’', '\'');
            if (!HasLetter(word))
            {
                continue;
            }

            if (!lookup.TryGetValue(word, out var count))
            {
                lookup[word] = count = new TermCount(word.ToString());
            }

            if (count.Use())
            {
                _inText.Add(count);
            }
        }

        _inText.ForEach(count => count.EndText(removed, Math.Max(LeastOfAWord, _tokens.Count / PartOfAText)));
        _inText.Clear();
    }

    private void Add(TermCounts part)
    {
        foreach (var (term, count) in part._counts)
        {
            if (!_counts.TryGetValue(term, out var sum))
            {
                _counts[term] = sum = new TermCount(term);
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
}
