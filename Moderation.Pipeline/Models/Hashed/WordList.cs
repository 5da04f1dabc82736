using System.Text;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>
/// Words that share one feature besides their own, so that what a model learns about one of them holds for those it
/// has never read too. Part of the model: a later list changes no model that was trained with this one.
/// </summary>
internal sealed class WordList
{
    private readonly HashSet<PackedWord> _words;

    /// <param name="words">Folded, each of 1 to <see cref="PackedWord.MostLetters"/> bytes.</param>
    public WordList(IReadOnlyList<byte[]> words)
    {
        Words = words;
        _words = [.. words.Select(word => PackedWord.Of(word))];
    }

    public IReadOnlyList<byte[]> Words { get; }

    /// <summary>The obscenities and slurs that come with the program, in a fixed order.</summary>
    public static WordList Obscenities() =>
        new([.. TermMask.Words.Select(word => Encoding.ASCII.GetBytes(word.ToLowerInvariant()))
            .Where(word => word.Length <= PackedWord.MostLetters)
            .OrderBy(word => Encoding.ASCII.GetString(word), StringComparer.Ordinal)]);

    public bool Contains(PackedWord word) => _words.Contains(word);
}
