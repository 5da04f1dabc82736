using System.Runtime.InteropServices;
using System.Text;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>The TF-IDF features of one text. The working memory of one thread, reused for every comment and every model.</summary>
/// <remarks>
/// A term's value is (1 + ln tf) · idf, divided by the L2 norm of all values of the text: scikit-learn's TfidfVectorizer with
/// sublinear_tf and norm l2.
/// </remarks>
internal sealed class TalkFeatures
{
    private readonly List<int> _words = new(256);
    private readonly List<TermOccurrence> _occurrences = new(256);
    private readonly List<int> _touched = new(256);
    private int[] _counts = [];

    public TalkTokenizer Tokenizer { get; } = new();

    /// <summary>Every occurrence of every term, in text order.</summary>
    public ReadOnlySpan<TermOccurrence> Occurrences => CollectionsMarshal.AsSpan(_occurrences);

    /// <summary>The terms that occur, each once, in order of first appearance.</summary>
    public ReadOnlySpan<int> Terms => CollectionsMarshal.AsSpan(_touched);

    /// <summary>Fills the features from cleaned text.</summary>
    public void Fill(ReadOnlySpan<char> text, TalkVocabulary vocabulary)
    {
        foreach (var term in _touched)
        {
            _counts[term] = 0;
        }

        _touched.Clear();
        _occurrences.Clear();
        if (_counts.Length < vocabulary.Count)
        {
            _counts = new int[vocabulary.Count];
        }

        Tokenizer.Fill(text);
        vocabulary.Find(Tokenizer, _words, _occurrences);
        foreach (var occurrence in _occurrences)
        {
            if (_counts[occurrence.Term]++ == 0)
            {
                _touched.Add(occurrence.Term);
            }
        }
    }

    public int CountOf(int term) => _counts[term];

    /// <summary>Before normalisation.</summary>
    public double ValueOf(int term, ReadOnlySpan<float> idf) => (1 + Math.Log(_counts[term])) * idf[term];

    /// <summary>The L2 norm of all values; 1 for a text without a term so that it can be divided by.</summary>
    public double Norm(ReadOnlySpan<float> idf)
    {
        double squares = 0;
        foreach (var term in _touched)
        {
            var value = ValueOf(term, idf);
            squares += value * value;
        }

        return squares == 0 ? 1 : Math.Sqrt(squares);
    }

    /// <summary>Text as UTF-8 would carry it: a surrogate without its other half is U+FFFD, in the same place.</summary>
    public static string Clean(ReadOnlySpan<char> body) => CommentCleaner.Clean(WellFormed(body));

    /// <inheritdoc cref="Clean"/>
    public static CleanText CleanWithOrigins(ReadOnlySpan<char> body) => CommentCleaner.CleanWithOrigins(WellFormed(body));

    private static string WellFormed(ReadOnlySpan<char> body)
    {
        if (body.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return body.ToString();
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(body.Length)];
        return Encoding.UTF8.GetString(bytes, 0, Encoding.UTF8.GetBytes(body, bytes));
    }
}
