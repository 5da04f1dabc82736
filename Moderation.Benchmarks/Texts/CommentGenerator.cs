using System.Text;

using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Benchmarks.Texts;

/// <summary>
/// Any number of labelled comments, put together from sentences of the built-in sample, so that words and their
/// frequencies are those of comments. The same seed gives the same comments; no two have the same text once normalised.
/// </summary>
internal sealed class CommentGenerator(int seed)
{
    private const int ShortestText = 150;
    private const int LongestText = 300;

    /// <summary>
    /// Moderators differ: without noise the labels would be learnt by heart, and a fit would take fewer rounds than on real ones.
    /// </summary>
    private const double SwappedLabels = 0.1;

    private static readonly char[] _ends = ['.', '!', '?', '\n'];

    private static readonly Lazy<(string[] Kept, string[] Removed)> _sentences = new(() => (Sentences(removed: false), Sentences(removed: true)));

    /// <summary>As many comments as are asked for.</summary>
    public IEnumerable<LabelledComment> Take(int count)
    {
        var dice = new Random(seed);
        var seen = new HashSet<UInt128>();
        while (seen.Count < count)
        {
            var removed = dice.Next(10) < 3;
            var text = Text(removed ? _sentences.Value.Removed : _sentences.Value.Kept, dice);
            if (seen.Add(TextHash.Of(text)))
            {
                yield return new LabelledComment(text, dice.NextDouble() < SwappedLabels ? !removed : removed);
            }
        }
    }

    private static string Text(string[] sentences, Random dice)
    {
        var text = new StringBuilder();
        while (text.Length < ShortestText)
        {
            var sentence = sentences[dice.Next(sentences.Length)];
            if (text.Length + sentence.Length < LongestText)
            {
                text.Append(text.Length == 0 ? "" : " ").Append(sentence);
            }
        }

        return text.ToString();
    }

    /// <summary>Each sentence in each of the wordings of its comment, up to a bound.</summary>
    private static string[] Sentences(bool removed)
    {
        const int MostWordings = 12;
        var sentences = new SortedSet<string>(StringComparer.Ordinal);
        var entries = SampleCorpus.Shared.Training.Concat(SampleCorpus.Shared.Streamed).Where(entry => entry.Removed == removed);
        foreach (var entry in entries)
        {
            for (var wording = 0; wording < Math.Min(entry.Text.Count, MostWordings); wording++)
            {
                sentences.UnionWith(Split(entry.Text.Variation(wording)));
            }
        }

        return [.. sentences];
    }

    private static IEnumerable<string> Split(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOfAny(_ends, start);
            end = end < 0 ? text.Length : end + 1;
            var sentence = text[start..end].Trim();
            if (sentence.Length is > 2 and < ShortestText)
            {
                yield return sentence;
            }

            start = end;
        }
    }
}
