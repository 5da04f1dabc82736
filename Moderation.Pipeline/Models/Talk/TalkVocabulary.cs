using System.Collections.Frozen;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>The terms of a model: n-grams of one to three tokens, found by walking a tree of tokens. Immutable.</summary>
internal sealed class TalkVocabulary
{
    /// <summary>The most tokens of a term.</summary>
    public const int LongestTerm = 3;

    private const char Separator = ' ';
    private const int Root = 0;
    private const int None = -1;

    private readonly string[] _terms;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly FrozenDictionary<(int Node, int Word), int> _children;
    private readonly int[] _termOf;

    /// <param name="terms">Distinct; the tokens of a term are parted by one space.</param>
    public TalkVocabulary(string[] terms)
    {
        _terms = terms;
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var children = new Dictionary<(int Node, int Word), int>();
        var termOf = new List<int> { None };
        for (var term = 0; term < terms.Length; term++)
        {
            var tokens = terms[term].Split(Separator);
            if (tokens.Length > LongestTerm || tokens.Contains(""))
            {
                throw new ArgumentException($"A term has one to {LongestTerm} tokens.", nameof(terms));
            }

            var node = Root;
            foreach (var token in tokens)
            {
                words.TryAdd(token, words.Count);
                if (!children.TryGetValue((node, words[token]), out var child))
                {
                    child = termOf.Count;
                    termOf.Add(None);
                    children.Add((node, words[token]), child);
                }

                node = child;
            }

            termOf[node] = termOf[node] == None ? term : throw new ArgumentException("A term stands twice.", nameof(terms));
        }

        _words = words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _children = children.ToFrozenDictionary();
        _termOf = [.. termOf];
    }

    public int Count => _terms.Length;

    public IReadOnlyList<string> Terms => _terms;

    /// <summary>Adds every occurrence of every term, in text order; each token is looked at a constant number of times.</summary>
    public void Find(TalkTokenizer tokens, List<int> wordScratch, List<TermOccurrence> occurrences)
    {
        wordScratch.Clear();
        foreach (var token in tokens.Tokens)
        {
            wordScratch.Add(_words.TryGetValue(tokens.FormOf(token), out var word) ? word : None);
        }

        for (var first = 0; first < wordScratch.Count; first++)
        {
            var node = Root;
            for (var next = first; next < wordScratch.Count && next < first + LongestTerm; next++)
            {
                if (wordScratch[next] == None || !_children.TryGetValue((node, wordScratch[next]), out node))
                {
                    break;
                }

                if (_termOf[node] != None)
                {
                    occurrences.Add(new TermOccurrence(_termOf[node], first, next - first + 1));
                }
            }
        }
    }
}
