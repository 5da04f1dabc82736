using System.Runtime.InteropServices;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>Chooses the terms of a vocabulary as scikit-learn's TfidfVectorizer does: min_df, then max_features by total frequency.</summary>
/// <remarks>
/// Counts level by level (Agrawal and Srikant, 1994): no n-gram stands in more texts than its parts do, so only those are counted
/// whose parts were frequent enough. The order of the texts does not matter.
/// </remarks>
internal sealed class TermSelection
{
    private const int None = -1;

    private readonly Dictionary<string, int> _idOf = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<int[]> _texts = [];

    public int Texts => _texts.Count;

    /// <summary>Takes the tokens of one text.</summary>
    public void Add(TalkTokenizer tokens)
    {
        var lookup = _idOf.GetAlternateLookup<ReadOnlySpan<char>>();
        var ids = new int[tokens.Tokens.Length];
        for (var t = 0; t < ids.Length; t++)
        {
            var form = tokens.FormOf(tokens.Tokens[t]);
            if (!lookup.TryGetValue(form, out ids[t]))
            {
                var word = form.ToString();
                ids[t] = _words.Count;
                _idOf.Add(word, ids[t]);
                _words.Add(word);
            }
        }

        _texts.Add(ids);
    }

    /// <summary>
    /// The terms with the highest total frequency among those that stand in enough texts; of equal ones the first in ordinal order.
    /// </summary>
    /// <returns>In ordinal order of the terms.</returns>
    public IReadOnlyList<SelectedTerm> Select(int minTexts, int maxTerms, CancellationToken cancellationToken)
    {
        var found = new List<(SelectedTerm Term, long Frequency)>();
        var frequent = new HashSet<NGram>();
        for (var n = 1; n <= TalkVocabulary.LongestTerm; n++)
        {
            var counts = Count(n, frequent, cancellationToken);
            frequent.Clear();
            foreach (var (gram, count) in counts)
            {
                if (count.Texts >= minTexts)
                {
                    frequent.Add(gram);
                    found.Add((new SelectedTerm(NameOf(gram), count.Texts), count.Total));
                }
            }
        }

        found.Sort(static (a, b) => a.Frequency != b.Frequency
            ? b.Frequency.CompareTo(a.Frequency)
            : string.CompareOrdinal(a.Term.Name, b.Term.Name));
        return [.. found.Take(maxTerms).Select(static row => row.Term).OrderBy(static term => term.Name, StringComparer.Ordinal)];
    }

    /// <param name="n">Tokens of a gram.</param>
    /// <param name="frequent">The grams of n − 1 tokens that stand in enough texts.</param>
    private Dictionary<NGram, Frequency> Count(int n, HashSet<NGram> frequent, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<NGram, Frequency>();
        for (var row = 0; row < _texts.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ids = _texts[row];
            for (var first = 0; first + n <= ids.Length; first++)
            {
                var gram = GramAt(ids, first, n);
                if (n > 1 && !(frequent.Contains(GramAt(ids, first, n - 1)) && frequent.Contains(GramAt(ids, first + 1, n - 1))))
                {
                    continue;
                }

                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, gram, out var known);
                count = new Frequency(
                    known && count.LastText == row ? count.Texts : count.Texts + 1, count.Total + 1, row);
            }
        }

        return counts;
    }

    private static NGram GramAt(int[] ids, int first, int n) =>
        new(ids[first], n > 1 ? ids[first + 1] : None, n > 2 ? ids[first + 2] : None);

    private string NameOf(NGram gram) =>
        string.Join(' ', new[] { gram.A, gram.B, gram.C }.Where(static id => id != None).Select(id => _words[id]));

    private readonly record struct NGram(int A, int B, int C);

    private readonly record struct Frequency(int Texts, long Total, int LastText);
}
